import { runNode } from './node-script';
import { runPython, type NoPython } from './python';
import { table } from './shared';

export interface DecodingTiming {
  what: string;
  /** Of the whole batch. */
  milliseconds: number;
  /** What was found, [batch, K, 3]; the Python script must find the same. */
  points: number[];
  runs: number;
}

interface Layouts {
  /** Heatmaps [batch, height, width, K], as TensorFlow.js has them. */
  hwk: DecodingTiming[];
  /** Heatmaps [batch, K, height, width], as PyTorch has them. */
  khw: DecodingTiming[];
}

export interface DecodingResults extends Layouts {
  /** The reference algorithms in numpy and OpenCV on [batch, K, height, width], in the same order, or why there are none. */
  numpy: DecodingTiming[] | NoPython;
}

/** A batch takes milliseconds: longer tells nothing new. */
const LONGEST = 1;
/** In turn, so that a machine that is slower for a while is so for both; of each number the best round counts. */
const ROUNDS = 5;

/**
 * The heatmaps of 32 people, 17 keypoints, 64x48, to keypoints: quarter offset, DARK, and the flip test with the plain
 * maximum; in numpy and OpenCV the same from the same heatmaps, one thread.
 *
 * @throws Error when both did not find the same keypoints
 */
export async function measureDecoding(seconds: number): Promise<DecodingResults> {
  const time = String(Math.min(seconds, LONGEST));
  const rounds: DecodingResults[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const { hwk, khw } = await runNode<Layouts>('decode-heatmaps.mjs', [time]);
    const numpy = await runPython<DecodingTiming[]>('decoding.py', [time]);
    const all = [khw, ...(Array.isArray(numpy) ? [numpy] : [])];
    for (const timings of all) hwk.forEach((timing, i) => requireEqual(timing, timings[i]));
    rounds.push({ hwk, khw, numpy });
  }
  const python = rounds.map(({ numpy }) => numpy).filter((numpy) => Array.isArray(numpy));
  return {
    hwk: best(rounds.map(({ hwk }) => hwk)),
    khw: best(rounds.map(({ khw }) => khw)),
    numpy: python.length > 0 ? best(python) : rounds[0].numpy,
  };
}

export function decodingTable({ hwk, khw, numpy }: DecodingResults): string {
  const rows = hwk.map(({ what, milliseconds }, i) => {
    const other = Array.isArray(numpy) ? numpy[i].milliseconds : undefined;
    const ratio = (mine: number) => (other === undefined ? '' : `${(other / mine).toFixed(1)} x`);
    const last = khw[i].milliseconds;
    return [what, milliseconds.toFixed(2), last.toFixed(2), other?.toFixed(2) ?? '', ratio(milliseconds), ratio(last)];
  });
  const head = [
    '',
    'channels last, ms',
    'channels first, ms',
    'numpy, ms',
    'numpy / channels last',
    '/ channels first',
  ];
  const lines = table(head, rows);
  return Array.isArray(numpy) ? lines : `${lines}\n\nNothing from numpy: ${numpy.reason}`;
}

/** Of each number the round that was the fastest. */
function best(rounds: readonly DecodingTiming[][]): DecodingTiming[] {
  return rounds[0].map((_, i) =>
    rounds.map((timings) => timings[i]).reduce((one, other) => (other.milliseconds < one.milliseconds ? other : one)),
  );
}

function requireEqual(one: DecodingTiming, other: DecodingTiming): void {
  one.points.forEach((value, i) => {
    if (Math.abs(value - other.points[i]) <= 1e-3) return;
    const where = `number ${i} of the keypoints`;
    throw new Error(`${one.what}: ${where} is ${value} here and ${other.points[i]} there`);
  });
}
