import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { BoxStats, CocoGroundTruth, CocoKeypointResult, KeypointEvalParams, KeypointStats } from '../src/index';

/** Where the golden numbers are: the folder that POSE_GOLDEN names, else this package's own few. */
export const GOLDEN = process.env.POSE_GOLDEN ? resolve(process.env.POSE_GOLDEN) : join(__dirname, 'fixtures');

export interface ExpectedArray {
  shape: number[];
  sum: number;
  l2: number;
  countMinusOne: number;
  indices: number[];
  values: number[];
  full?: number[];
}

export interface ExpectedMatches {
  imageId: number;
  categoryId: number;
  areaRng: [number, number];
}

export interface ExpectedMatrix {
  imageId: number;
  categoryId: number;
  dtIds: number[];
  gtIds: number[];
  matrix: number[][];
}

export interface ExpectedEvaluation {
  params?: Partial<KeypointEvalParams>;
  stats: KeypointStats | BoxStats;
  precision: ExpectedArray;
  recall: ExpectedArray;
  scores: ExpectedArray;
  npig: number[][];
  oks?: ExpectedMatrix[];
  ious?: ExpectedMatrix[];
  evalImgs?: (ExpectedMatches | null)[];
  loadRes?: { id: number; area: number; bbox: number[] }[];
}

export interface EvaluationCase {
  name: string;
  params: Partial<KeypointEvalParams>;
  gt: CocoGroundTruth;
  dt: CocoKeypointResult[];
  expected?: ExpectedEvaluation;
  expectedError?: { type: string; message: string };
}

interface SmallCase extends EvaluationCase {
  iouType: string;
  sigmas?: number[];
}

type ExpectedFile = ExpectedEvaluation & { iouType: string; files: { gt: string; dt: string } };

export function readJson<Content>(file: string): Content {
  return JSON.parse(readFileSync(file, 'utf8')) as Content;
}

/** All files below a folder. */
export function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort();
}

/** Every case of the coco-eval format and of this type, whatever its name. */
export function evaluationCases(type: 'keypoints' | 'bbox'): EvaluationCase[] {
  return filesBelow(join(GOLDEN, 'coco-eval')).flatMap((file): EvaluationCase[] => {
    if (file.endsWith('cases.json')) {
      return readJson<{ cases: SmallCase[] }>(file)
        .cases.filter(({ iouType }) => iouType === type)
        .map(({ sigmas, params, ...rest }) => ({ ...rest, params: sigmas ? { ...params, sigmas } : (params ?? {}) }));
    }
    if (!file.endsWith('expected.json')) return [];
    const expected = readJson<ExpectedFile>(file);
    if (expected.iouType !== type) return [];
    const beside = <Content>(name: string): Content => readJson<Content>(join(dirname(file), name));
    const { iouThrs, recThrs, maxDets, areaRng, areaRngLbl, useCats, sigmas } = expected.params ?? {};
    return [
      {
        name: dirname(file).slice(GOLDEN.length + 1),
        params: { iouThrs, recThrs, maxDets, areaRng, areaRngLbl, useCats, sigmas },
        gt: beside<CocoGroundTruth>(expected.files.gt),
        dt: beside<CocoKeypointResult[]>(expected.files.dt),
        expected,
      },
    ];
  });
}
