import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findPeaks, groupPeople, OPENPOSE_GROUPING, PAF_TO_POSE, type GroupedPerson } from '@pose/pose-decode';
import { groupingScene, type GroupingScene } from './grouping-scene';
import { runPython } from './python';
import { measure, table } from './shared';

export interface GroupingTiming {
  people: number;
  /** how part affinity fields are read: 'nearest' with the settings of pafprocess.cpp, 'cubic' with those of paf_to_pose.py */
  lineIntegral: 'nearest' | 'cubic';
  /** from maps to peaks, and from peaks and fields to people; medians of `runs` */
  peaksMilliseconds: number;
  groupingMilliseconds: number;
  runs: number;
}

export interface GroupingResults {
  typescript: GroupingTiming[];
  /** The reference algorithm in numpy and OpenCV, in the same order, or why there is none. */
  python: GroupingTiming[] | { reason: string };
}

/** Per person 18 flat [x, y, score] triplets. */
type Found = ArrayLike<number>[];

const PEOPLE = [1, 2, 4, 8, 16, 32];
const SHAPE = { size: [46, 46], stride: 8 } as const;
/** A run takes milliseconds: longer tells nothing new. */
const LONGEST = 1;

/**
 * Maps and fields of 1 to 32 people at 46x46 to people; in Python the same from the same arrays.
 *
 * @throws Error when not everyone is found, or both did not find the same people to a pixel
 */
export async function measureGrouping(seconds: number): Promise<GroupingResults> {
  const time = Math.min(seconds, LONGEST);
  const folder = await mkdtemp(join(tmpdir(), 'pose-bench-grouping-'));
  try {
    const typescript: GroupingTiming[] = [];
    const found: Found[] = [];
    for (const count of PEOPLE) {
      const scene = groupingScene(count);
      for (const lineIntegral of ['nearest', 'cubic'] as const) {
        const { people, ...timing } = await measureScene(scene, lineIntegral, time);
        typescript.push({ people: count, lineIntegral, ...timing });
        found.push(people.map(({ keypoints }) => keypoints));
        if (people.length !== count) throw new Error(`Found ${people.length} of ${count} people (${lineIntegral})`);
      }
      await writeFile(join(folder, `${count}.heatmaps`), scene.heatmaps);
      await writeFile(join(folder, `${count}.fields`), scene.fields);
    }
    const args = [folder, `${time}`, ...PEOPLE.map(String)];
    const python = await runPython<(GroupingTiming & { found: Found })[]>('grouping.py', args);
    if (!Array.isArray(python)) return { typescript, python };
    python.forEach((other, i) => expectSamePeople(typescript[i], found[i], other.found));
    return {
      typescript,
      python: python.map(({ people, lineIntegral, peaksMilliseconds, groupingMilliseconds, runs }) => ({
        people,
        lineIntegral,
        peaksMilliseconds,
        groupingMilliseconds,
        runs,
      })),
    };
  } finally {
    await rm(folder, { recursive: true });
  }
}

export function groupingTable({ typescript, python }: GroupingResults): string {
  const total = (timing: GroupingTiming) => timing.peaksMilliseconds + timing.groupingMilliseconds;
  const rows = typescript.map((timing, i) => {
    const half = typescript.find((one) => one.lineIntegral === timing.lineIntegral && 2 * one.people === timing.people);
    const other = Array.isArray(python) ? total(python[i]) : undefined;
    return [
      timing.lineIntegral,
      `${timing.people}`,
      timing.peaksMilliseconds.toFixed(3),
      timing.groupingMilliseconds.toFixed(3),
      total(timing).toFixed(3),
      half ? `${(total(timing) / total(half)).toFixed(1)} x` : '',
      other?.toFixed(2) ?? '',
      other === undefined ? '' : `${(other / total(timing)).toFixed(1)} x`,
      `${timing.runs}`,
    ];
  });
  const columns = ['fields by', 'people', 'peaks, ms', 'grouping, ms', 'both, ms', 'over half the people'];
  const lines = table([...columns, 'Python, ms', 'Python / TypeScript', 'runs'], rows);
  return Array.isArray(python) ? lines : `${lines}\n\nNothing from Python: ${python.reason}`;
}

async function measureScene(scene: GroupingScene, lineIntegral: 'nearest' | 'cubic', seconds: number) {
  const { heatmaps, fields } = scene;
  const options = { ...SHAPE, ...OPENPOSE_GROUPING, ...(lineIntegral === 'cubic' ? PAF_TO_POSE : {}) };
  const find = () => findPeaks(heatmaps, { ...SHAPE, keypoints: 18, maps: 19 });
  const peaks = find();
  const finding = await measure(seconds, find);
  let people: GroupedPerson[] = [];
  const grouping = await measure(seconds, () => {
    people = groupPeople(peaks, fields, options);
  });
  return {
    people,
    peaksMilliseconds: 1000 * finding.seconds,
    groupingMilliseconds: 1000 * grouping.seconds,
    runs: Math.min(finding.runs, grouping.runs),
  };
}

function expectSamePeople({ people, lineIntegral }: GroupingTiming, found: Found, others: Found): void {
  const isSame = (one: ArrayLike<number>, other: ArrayLike<number>) =>
    Array.from(one).every((value, i) => i % 3 === 2 || Math.abs(value - other[i]) <= 1);
  const missing = found.findIndex((one) => !others.some((other) => isSame(one, other)));
  if (others.length === found.length && missing < 0) return;
  throw new Error(
    `${people} people (${lineIntegral}): Python finds ${others.length}, TypeScript ${found.length}` +
      (missing < 0 ? '' : `, of whom Python does not have number ${missing} to a pixel`),
  );
}
