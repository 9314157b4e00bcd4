import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateAnnotations, VAL2017 } from './generate-annotations';
import { generateDetections } from './generate-detections';
import { median } from './median';
import { runNode } from './node-script';
import { runPython, type NoPython } from './python';
import { table } from './shared';

/** Medians of several runs, each in a process of its own. */
interface Timing {
  /** From the two files to what the evaluation takes. */
  loadSeconds: number;
  /** From there to the ten stats. */
  evaluateSeconds: number;
  /** The most memory that the process held, in 2^20 bytes. */
  peakMegabytes: number;
}

export interface EvaluationResult {
  /** Multiple of the size of person_keypoints_val2017.json with as many detections as a top-down network leaves there. */
  scale: number;
  images: number;
  people: number;
  detections: number;
  /** Of both files. */
  megabytes: number;
  typescript: Timing;
  /** At the size of COCO val only; null at the others. */
  pycocotools: Timing | NoPython | null;
}

const DETECTIONS = 104_125;
const SCALES = [1, 2, 4, 8];
const RUNS = 5;
/** Of pycocotools, which takes longest. */
const PYTHON_RUNS = 3;

/** Evaluates generated results of 1 to 8 times the size of COCO val, and once in pycocotools; both must agree. */
export async function measureEvaluation(): Promise<EvaluationResult[]> {
  const results: EvaluationResult[] = [];
  for (const scale of SCALES) results.push(await measureScale(scale));
  return results;
}

async function measureScale(scale: number): Promise<EvaluationResult> {
  const folder = await mkdtemp(join(tmpdir(), 'pose-bench-'));
  try {
    const files = [join(folder, 'annotations.json'), join(folder, 'results.json')];
    const [images, people, withKeypoints, crowd] = Object.values(VAL2017).map((count: number) => count * scale);
    await generateAnnotations(files[0], { images, people, withKeypoints, crowd }, 1);
    await generateDetections(files[0], files[1], DETECTIONS * scale, 2);
    const ours: Run[] = [];
    const theirs: (Run | NoPython)[] = [];
    for (let run = 0; run < RUNS; run++) {
      ours.push(await runNode<Run>('evaluate-detections.mjs', files, ['--max-old-space-size=8192']));
      if (scale === 1 && run < PYTHON_RUNS) theirs.push(await runPython<Run>('evaluation.py', files));
    }
    const measured = theirs.filter(isRun);
    for (const { stats } of measured) requireEqual(stats, ours[0].stats);
    const sizes = await Promise.all(files.map((file) => stat(file)));
    return {
      scale,
      images,
      people,
      detections: DETECTIONS * scale,
      megabytes: sizes.reduce((sum, { size }) => sum + size, 0) / 1e6,
      typescript: medians(ours),
      pycocotools: measured.length > 0 ? medians(measured) : ((theirs[0] as NoPython | undefined) ?? null),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Rows by size; the times of pycocotools over ours, and ours over those at a smaller size. */
export function evaluationTable(results: readonly EvaluationResult[]): string {
  const [{ pycocotools, typescript: base }] = results;
  const row = (what: string, { loadSeconds, evaluateSeconds, peakMegabytes }: Timing, ratios: string[]): string[] => [
    what,
    loadSeconds.toFixed(2),
    evaluateSeconds.toFixed(2),
    (loadSeconds + evaluateSeconds).toFixed(2),
    ...ratios,
    peakMegabytes.toFixed(0),
  ];
  const rows = results.map(({ scale, detections, typescript }) => {
    const times = (timing: Timing, of: Timing): string[] => [
      `${(of.evaluateSeconds / timing.evaluateSeconds).toFixed(1)}x`,
      `${(total(of) / total(timing)).toFixed(1)}x`,
    ];
    const ratios = scale === 1 && pycocotools && isTiming(pycocotools) ? times(typescript, pycocotools) : ['-', '-'];
    const growth = `${(typescript.evaluateSeconds / base.evaluateSeconds).toFixed(2)}`;
    return row(`${detections} detections`, typescript, [...ratios, growth]);
  });
  if (pycocotools && isTiming(pycocotools)) {
    rows.unshift(row(`pycocotools, ${DETECTIONS} detections`, pycocotools, ['-', '-', '-']));
  }
  const head = ['', 'load s', 'evaluate s', 'both s', 'pycocotools / this', 'both', 'evaluate / smallest', 'peak MB'];
  const lines = table(head, rows);
  return pycocotools && !isTiming(pycocotools) ? `${lines}\nwithout pycocotools: ${pycocotools.reason}` : lines;
}

interface Run extends Timing {
  stats: number[];
}

function isRun(run: Run | NoPython): run is Run {
  return 'stats' in run;
}

function isTiming(timing: Timing | NoPython): timing is Timing {
  return 'evaluateSeconds' in timing;
}

function requireEqual(theirs: readonly number[], ours: readonly number[]): void {
  const same = theirs.length === ours.length && theirs.every((value, i) => Math.abs(value - ours[i]) <= 1e-12);
  if (!same) throw new Error(`pycocotools evaluates to ${theirs.join(' ')}, this to ${ours.join(' ')}`);
}

function total({ loadSeconds, evaluateSeconds }: Timing): number {
  return loadSeconds + evaluateSeconds;
}

function medians(runs: readonly Timing[]): Timing {
  return {
    loadSeconds: median(runs.map(({ loadSeconds }) => loadSeconds)),
    evaluateSeconds: median(runs.map(({ evaluateSeconds }) => evaluateSeconds)),
    peakMegabytes: median(runs.map(({ peakMegabytes }) => peakMegabytes)),
  };
}
