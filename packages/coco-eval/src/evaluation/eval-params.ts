import { checkNumbers, fail, isList } from '../input/json-checks';

/** The settings of an evaluation, under pycocotools' names (pycocotools/cocoeval.py, Params). */
export interface EvalParams {
  /** Images to evaluate; made unique and ascending. Default: all of the ground truth. */
  readonly imgIds: readonly number[];
  /** Categories to evaluate; made unique and ascending unless `useCats` is 0. Default: all of the ground truth. */
  readonly catIds: readonly number[];
  /** Thresholds of OKS or IoU. Default 0.5 to 0.95 in steps of 0.05, as numpy.linspace makes them. */
  readonly iouThrs: readonly number[];
  /** Recalls at which precision is sampled. Default 0 to 1 in steps of 0.01. */
  readonly recThrs: readonly number[];
  /** Most detections looked at per image; made ascending. Default [20] for keypoints, [1, 10, 100] for boxes. */
  readonly maxDets: readonly number[];
  /** Closed ranges of area, square image pixels. Default all, medium (32^2 to 96^2), large; for boxes small too. */
  readonly areaRng: readonly (readonly [number, number])[];
  /** Names of the ranges; the stats look for 'all', 'small', 'medium' and 'large'. */
  readonly areaRngLbl: readonly string[];
  /** 0 evaluates all categories as one. As in pycocotools, keypoints then match nothing. Default 1. */
  readonly useCats: 0 | 1;
  /**
   * Whether an empty list of detections is evaluated, with AP 0, in place of an error. Not in pycocotools, whose loadRes
   * fails on an empty list; for training, where an early network may find nobody. Default false.
   */
  readonly allowEmpty: boolean;
}

/** Settings of an evaluation of keypoints. */
export interface KeypointEvalParams extends EvalParams {
  /** Standard deviation of each keypoint relative to the root of the area. Default COCO's 17. */
  readonly sigmas: readonly number[];
}

/** Settings of an evaluation of boxes. */
export type BoxEvalParams = EvalParams;

/** numpy.linspace(first, last, steps + 1), whose last value is exact. */
function linspace(first: number, last: number, steps: number): number[] {
  const step = (last - first) / steps;
  return Array.from({ length: steps + 1 }, (_, i) => (i === steps ? last : i * step + first));
}

const AREA_LIMIT = 1e5 ** 2;
const AREA_RANGES = {
  all: [0, AREA_LIMIT],
  small: [0, 32 ** 2],
  medium: [32 ** 2, 96 ** 2],
  large: [96 ** 2, AREA_LIMIT],
} as const;

/** What differs by type (pycocotools/cocoeval.py, Params.setKpParams and setDetParams). */
export interface EvalDefaults {
  readonly maxDets: readonly number[];
  readonly areas: readonly (keyof typeof AREA_RANGES)[];
}

/**
 * The caller's settings over pycocotools' defaults.
 *
 * @param params      what the caller set
 * @param defaults    those of the type of evaluation
 * @param imageIds    ids of the ground truth's images
 * @param categoryIds ids of the ground truth's categories
 * @throws CocoEvalError when a setting is not of its kind
 */
export function resolveParams(
  params: Partial<EvalParams>,
  defaults: EvalDefaults,
  imageIds: Iterable<number>,
  categoryIds: Iterable<number>,
): EvalParams {
  const {
    iouThrs = linspace(0.5, 0.95, 9),
    recThrs = linspace(0, 1, 100),
    maxDets = defaults.maxDets,
    areaRng = defaults.areas.map((name) => AREA_RANGES[name]),
    areaRngLbl = defaults.areas,
    useCats = 1,
    allowEmpty = false,
  } = params;
  const lists = { iouThrs, recThrs, maxDets, imgIds: params.imgIds ?? [], catIds: params.catIds ?? [] };
  for (const [name, list] of Object.entries(lists)) checkNumbers('params', () => name, list);
  if (iouThrs.length === 0) fail('params', 'iouThrs', 'at least one threshold', iouThrs);
  if (maxDets.length === 0) fail('params', 'maxDets', 'at least one number', maxDets);
  maxDets.forEach((count, m) => {
    if (!Number.isInteger(count) || count < 0) fail('params', `maxDets[${m}]`, 'a whole number of 0 or more', count);
  });
  if (!isList(areaRng)) fail('params', 'areaRng', 'a list of ranges', areaRng);
  areaRng.forEach((range, a) => checkNumbers('params', () => `areaRng[${a}]`, range, 2));
  if (!isList(areaRngLbl) || areaRngLbl.length !== areaRng.length) {
    fail('params', 'areaRngLbl', `a name for each of the ${areaRng.length} ranges`, areaRngLbl);
  }
  if (useCats !== 0 && useCats !== 1) fail('params', 'useCats', '0 or 1', useCats);
  const ascendingCatIds = ascending(params.catIds ?? categoryIds);
  return {
    imgIds: unique(ascending(params.imgIds ?? imageIds)),
    // pycocotools sorts its default and what is evaluated by category, but leaves a caller's list alone otherwise.
    catIds: useCats === 1 ? unique(ascendingCatIds) : [...(params.catIds ?? ascendingCatIds)],
    iouThrs: [...iouThrs],
    recThrs: [...recThrs],
    maxDets: ascending(maxDets),
    areaRng: areaRng.map(([low, high]) => [low, high] as const),
    areaRngLbl: [...areaRngLbl],
    useCats,
    allowEmpty,
  };
}

/** The categories that the K of the arrays stands for: [-1] with useCats 0. */
export function evaluatedCategories({ useCats, catIds }: EvalParams): readonly number[] {
  return useCats === 1 ? catIds : [-1];
}

function ascending(values: Iterable<number>): number[] {
  return [...values].sort((a, b) => a - b);
}

function unique(values: number[]): number[] {
  return [...new Set(values)];
}
