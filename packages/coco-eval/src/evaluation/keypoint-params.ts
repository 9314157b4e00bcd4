import { COCO_SIGMAS } from '../similarity/coco-sigmas';
import { checkNumbers, fail, isList } from '../input/json-checks';
import { checkSigmas } from '../similarity/object-keypoint-similarity';

/** The settings of an evaluation, under pycocotools' names (pycocotools/cocoeval.py, Params), and the sigmas. */
export interface KeypointEvalParams {
  /** Images to evaluate; made unique and ascending. Default: all of the ground truth. */
  readonly imgIds: readonly number[];
  /** Categories to evaluate; made unique and ascending unless `useCats` is 0. Default: all of the ground truth. */
  readonly catIds: readonly number[];
  /** OKS thresholds. Default 0.5 to 0.95 in steps of 0.05, as numpy.linspace makes them. */
  readonly iouThrs: readonly number[];
  /** Recalls at which precision is sampled. Default 0 to 1 in steps of 0.01. */
  readonly recThrs: readonly number[];
  /** Most detections looked at per image; made ascending. The ten stats are those at 20. Default [20]. */
  readonly maxDets: readonly number[];
  /** Closed ranges of area, square image pixels. Default all, medium (32^2 to 96^2), large. */
  readonly areaRng: readonly (readonly [number, number])[];
  /** Names of the ranges; the stats look for 'all', 'medium' and 'large'. */
  readonly areaRngLbl: readonly string[];
  /** 0 evaluates all categories as one. As in pycocotools, keypoints then match nothing. Default 1. */
  readonly useCats: 0 | 1;
  /** Standard deviation of each keypoint relative to the root of the area. Default COCO's 17. */
  readonly sigmas: readonly number[];
  /**
   * Whether an empty list of detections is evaluated, with AP 0, in place of an error. Not in pycocotools, whose loadRes
   * fails on an empty list; for training, where an early network may find nobody. Default false.
   */
  readonly allowEmpty: boolean;
}

/** numpy.linspace(first, first + steps * step, steps + 1), whose last value is exact. */
function linspace(first: number, last: number, steps: number): number[] {
  const step = (last - first) / steps;
  return Array.from({ length: steps + 1 }, (_, i) => (i === steps ? last : i * step + first));
}

const AREA_LIMIT = 1e5 ** 2;

/**
 * The caller's settings over pycocotools' defaults for keypoints.
 *
 * @param params      what the caller set
 * @param imageIds    ids of the ground truth's images
 * @param categoryIds ids of the ground truth's categories
 * @throws CocoEvalError when a setting is not of its kind
 */
export function resolveParams(
  params: Partial<KeypointEvalParams>,
  imageIds: Iterable<number>,
  categoryIds: Iterable<number>,
): KeypointEvalParams {
  const {
    iouThrs = linspace(0.5, 0.95, 9),
    recThrs = linspace(0, 1, 100),
    maxDets = [20],
    areaRng = [[0, AREA_LIMIT] as const, [32 ** 2, 96 ** 2] as const, [96 ** 2, AREA_LIMIT] as const],
    areaRngLbl = ['all', 'medium', 'large'],
    useCats = 1,
    sigmas = COCO_SIGMAS,
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
  checkSigmas(sigmas);
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
    sigmas: [...sigmas],
    allowEmpty,
  };
}

function ascending(values: Iterable<number>): number[] {
  return [...values].sort((a, b) => a - b);
}

function unique(values: number[]): number[] {
  return [...new Set(values)];
}
