import { decodeDark, decodeHeatmaps, mergeFlipped, type HeatmapLayout } from '@pose/pose-decode';
import { runPython, type NoPython } from './python';
import { measure, table } from './shared';

export interface DecodingTiming {
  what: string;
  /** Of the whole batch. */
  milliseconds: number;
  /** What was found, [batch, K, 3]; the Python script must find the same. */
  points: number[];
  runs: number;
}

export interface DecodingResults {
  /** Heatmaps [batch, height, width, K], as TensorFlow.js has them. */
  hwk: DecodingTiming[];
  /** Heatmaps [batch, K, height, width], as PyTorch has them. */
  khw: DecodingTiming[];
  /** The reference algorithms in numpy and OpenCV on [batch, K, height, width], in the same order, or why there are none. */
  numpy: DecodingTiming[] | NoPython;
}

const [BATCH, KEYPOINTS, HEIGHT, WIDTH] = [32, 17, 64, 48];
const SIGMA = 2;
const FLIP_PAIRS = Array.from({ length: 8 }, (_, i) => [2 * i + 1, 2 * i + 2] as const);
/** A batch takes milliseconds: longer tells nothing new. */
const LONGEST = 3;

/**
 * The heatmaps of 32 people, 17 keypoints, 64x48, to keypoints: quarter offset, DARK, and the flip test with the plain
 * maximum; in numpy and OpenCV the same from the same heatmaps, one thread.
 *
 * @throws Error when both did not find the same keypoints
 */
export async function measureDecoding(seconds: number): Promise<DecodingResults> {
  const time = Math.min(seconds, LONGEST);
  const hwk = await measureLayout('hwk', time);
  const khw = await measureLayout('khw', time);
  const numpy = await runPython<DecodingTiming[]>('decoding.py', [String(time)]);
  const all = [khw, ...(Array.isArray(numpy) ? [numpy] : [])];
  for (const timings of all) hwk.forEach((timing, i) => requireEqual(timing, timings[i]));
  return { hwk, khw, numpy };
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

async function measureLayout(layout: HeatmapLayout, seconds: number): Promise<DecodingTiming[]> {
  const shape = { size: [WIDTH, HEIGHT], keypoints: KEYPOINTS, batch: BATCH, layout } as const;
  const heatmaps = makeHeatmaps(layout);
  const into = new Float32Array(3 * BATCH * KEYPOINTS);
  const merged = new Float32Array(heatmaps.length);
  return [
    await timed('quarter offset', seconds, () => decodeHeatmaps(heatmaps, shape, into)),
    await timed('DARK', seconds, () => decodeDark(heatmaps, shape, into)),
    await timed('flip test and maximum', seconds, () => {
      mergeFlipped(heatmaps, heatmaps, { ...shape, flipPairs: FLIP_PAIRS }, merged);
      return decodeHeatmaps(merged, { ...shape, refine: 'none' }, into);
    }),
  ];
}

/** Numbers from 0 to 1, evenly spread; the Python script has the same. */
function spread(i: number): number {
  return (0.618034 * i) % 1;
}

function makeHeatmaps(layout: HeatmapLayout): Float32Array {
  const heatmaps = new Float32Array(BATCH * KEYPOINTS * HEIGHT * WIDTH);
  for (let map = 0; map < BATCH * KEYPOINTS; map++) {
    const [centerX, centerY] = [spread(3 * map) * WIDTH, spread(7 * map + 1) * HEIGHT];
    const peak = 0.3 + 0.7 * spread(5 * map + 2);
    const [person, k] = [Math.floor(map / KEYPOINTS), map % KEYPOINTS];
    for (let pixel = 0; pixel < HEIGHT * WIDTH; pixel++) {
      const distance = ((pixel % WIDTH) - centerX) ** 2 + (Math.floor(pixel / WIDTH) - centerY) ** 2;
      const value = peak * Math.exp(-distance / (2 * SIGMA ** 2)) + 0.001 * spread(7 * pixel + 3 * map);
      const place = layout === 'khw' ? map * HEIGHT * WIDTH + pixel : (person * HEIGHT * WIDTH + pixel) * KEYPOINTS + k;
      heatmaps[place] = value;
    }
  }
  return heatmaps;
}

async function timed(what: string, seconds: number, decode: () => Float32Array): Promise<DecodingTiming> {
  const { seconds: run, runs } = await measure(seconds, decode);
  return { what, milliseconds: 1000 * run, points: Array.from(decode()), runs };
}

function requireEqual(one: DecodingTiming, other: DecodingTiming): void {
  one.points.forEach((value, i) => {
    if (Math.abs(value - other.points[i]) <= 1e-3) return;
    const where = `number ${i} of the keypoints`;
    throw new Error(`${one.what}: ${where} is ${value} here and ${other.points[i]} there`);
  });
}
