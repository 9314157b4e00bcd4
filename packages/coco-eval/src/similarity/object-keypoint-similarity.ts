import { COCO_SIGMAS } from './coco-sigmas';
import { checkNumbers, fail, isFiniteNumber } from '../input/json-checks';
import { pairwiseSum } from './pairwise-sum';

const { exp } = Math;
const EPSILON = 2 ** -52;

/** A person that OKS can be measured against. */
export interface OksGroundTruth {
  /** Flat [x, y, v] triplets in image pixels. */
  readonly keypoints: ArrayLike<number>;
  /** Square image pixels. */
  readonly area: number;
  /** [x, y, width, height] in image pixels; read only where no keypoint is labelled. */
  readonly bbox: ArrayLike<number>;
}

/** Rows of people in flat arrays, K keypoints each. */
export interface OksColumns {
  /** [row, K, 3]: x, y, v. */
  readonly keypoints: Float64Array;
  readonly areas: Float64Array;
  /** [row, 4]: x, y, width, height. */
  readonly boxes: Float64Array;
}

/** (2 sigma)^2 of each keypoint, the k_i^2 of COCO's definition times four. */
export function oksVariances(sigmas: ArrayLike<number>): Float64Array {
  return Float64Array.from(sigmas, (sigma) => (sigma * 2) ** 2);
}

/**
 * Object keypoint similarity of one detection with one person (https://cocodataset.org/#keypoints-eval; computeOks of
 * pycocotools/cocoeval.py): the mean over the labelled keypoints of exp(-d^2 / (2 area (2 sigma)^2)). For a person
 * without any labelled keypoint, d is the distance to the box enlarged by its own size on every side, and the mean runs
 * over all keypoints.
 *
 * @param detection   flat [x, y, anything] triplets in image pixels, length 3K
 * @param groundTruth the person, K keypoints
 * @param sigmas      K standard deviations, by default COCO's 17
 * @returns 0 to 1
 * @throws CocoEvalError when the lengths do not agree, or a number is missing or not finite
 */
export function objectKeypointSimilarity(
  detection: ArrayLike<number>,
  groundTruth: OksGroundTruth,
  sigmas: ArrayLike<number> = COCO_SIGMAS,
): number {
  checkSigmas(sigmas);
  const length = 3 * sigmas.length;
  checkNumbers('detections', () => 'detection', detection, length);
  checkNumbers('groundTruth', () => 'groundTruth.keypoints', groundTruth.keypoints, length);
  checkNumbers('groundTruth', () => 'groundTruth.bbox', groundTruth.bbox, 4);
  if (!isFiniteNumber(groundTruth.area) || groundTruth.area < 0) {
    fail('groundTruth', 'groundTruth.area', 'a number of 0 or more', groundTruth.area);
  }
  const columns: OksColumns = {
    keypoints: Float64Array.from(groundTruth.keypoints),
    areas: Float64Array.of(groundTruth.area),
    boxes: Float64Array.from(groundTruth.bbox),
  };
  const result = new Float64Array(1);
  const only = Int32Array.of(0);
  new OksKernel(oksVariances(sigmas)).fill([detection], only, columns, only, 0, 1, result, 0);
  return result[0];
}

/** @throws CocoEvalError unless there is at least one sigma and all are above 0 */
export function checkSigmas(sigmas: ArrayLike<number>): void {
  checkNumbers('params', () => 'sigmas', sigmas);
  if (sigmas.length === 0) fail('params', 'sigmas', 'one number per keypoint', sigmas);
  for (let k = 0; k < sigmas.length; k++) {
    if (sigmas[k] <= 0) fail('params', `sigmas[${k}]`, 'a number above 0', sigmas[k]);
  }
}

/** OKS of all pairs of an image, with its buffers kept between images. */
export class OksKernel {
  private readonly joints: Int32Array;
  private readonly terms: Float64Array;

  constructor(private readonly variances: Float64Array) {
    this.joints = new Int32Array(variances.length);
    this.terms = new Float64Array(variances.length);
  }

  /**
   * Writes the matrix [detection, person] to `out` from `offset` on.
   *
   * @param detections    flat triplets, K each; `detectionRows` are the matrix rows
   * @param people        table of persons; `rows[begin..end)` are the matrix columns
   */
  fill(
    detections: readonly ArrayLike<number>[],
    detectionRows: Int32Array,
    people: OksColumns,
    rows: Int32Array,
    begin: number,
    end: number,
    out: Float64Array,
    offset: number,
  ): void {
    const stride = end - begin;
    for (let g = begin; g < end; g++) {
      const visible = this.visibleJoints(people.keypoints, rows[g]);
      let at = offset + g - begin;
      for (let d = 0; d < detectionRows.length; d++, at += stride) {
        const detection = detections[detectionRows[d]];
        out[at] =
          visible > 0
            ? this.toKeypoints(detection, people, rows[g], visible)
            : this.toDoubledBox(detection, people, rows[g]);
      }
    }
  }

  private visibleJoints(keypoints: Float64Array, row: number): number {
    const K = this.variances.length;
    let visible = 0;
    for (let k = 0; k < K; k++) if (keypoints[3 * (row * K + k) + 2] > 0) this.joints[visible++] = k;
    return visible;
  }

  // The order of the divisions is pycocotools': OKS may sit exactly on a threshold.
  private toKeypoints(detection: ArrayLike<number>, people: OksColumns, row: number, visible: number): number {
    const { variances, joints, terms } = this;
    const { keypoints } = people;
    const first = 3 * row * variances.length;
    const area = people.areas[row] + EPSILON;
    for (let j = 0; j < visible; j++) {
      const k = joints[j];
      const dx = detection[3 * k] - keypoints[first + 3 * k];
      const dy = detection[3 * k + 1] - keypoints[first + 3 * k + 1];
      terms[j] = exp(-((dx * dx + dy * dy) / variances[k] / area / 2));
    }
    return pairwiseSum(terms, 0, visible) / visible;
  }

  private toDoubledBox(detection: ArrayLike<number>, { areas, boxes }: OksColumns, row: number): number {
    const { variances, terms } = this;
    const K = variances.length;
    const area = areas[row] + EPSILON;
    const at = 4 * row;
    const left = boxes[at] - boxes[at + 2];
    const right = boxes[at] + boxes[at + 2] * 2;
    const top = boxes[at + 1] - boxes[at + 3];
    const bottom = boxes[at + 1] + boxes[at + 3] * 2;
    let outside = 0;
    for (let k = 0; k < K; k++) {
      const x = detection[3 * k];
      const y = detection[3 * k + 1];
      const dx = (x < left ? left - x : 0) + (x > right ? x - right : 0);
      const dy = (y < top ? top - y : 0) + (y > bottom ? y - bottom : 0);
      terms[k] = 1;
      if (dx === 0 && dy === 0) continue;
      outside++;
      terms[k] = exp(-((dx * dx + dy * dy) / variances[k] / area / 2));
    }
    if (outside === 0) return 1;
    return pairwiseSum(terms, 0, K) / K;
  }
}
