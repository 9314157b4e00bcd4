import { checkNumbers, fail, isFiniteNumber } from '../input/json-checks';
import { pairwiseSum } from '../similarity/pairwise-sum';

export interface PersonScoreOptions {
  /**
   * What becomes a person's score. Default 'bbox_keypoint'.
   *
   * - 'bbox': the box's score
   * - 'keypoint': the mean of the keypoints' scores
   * - 'bbox_keypoint': the box's score times the mean of the keypoints' scores that are above `keypointThreshold`
   * - 'bbox_rle': the box's score plus the keypoints' mean plus their maximum, usual for regression by RLE
   */
  readonly mode?: 'bbox' | 'keypoint' | 'bbox_keypoint' | 'bbox_rle';
  /** Of 'bbox_keypoint', exclusive; with no score above it the person's is 0. Default 0.2. */
  readonly keypointThreshold?: number;
}

/**
 * Score of a predicted person, out of the box's and the keypoints' scores, that people are ranked by (`score_mode` of
 * mmpose mmpose/evaluation/metrics/coco_metric.py; the rescoring of SimpleBaseline and HRNet in lib/dataset/coco.py is
 * the default).
 *
 * @param boxScore       score of the box that the person was found in
 * @param keypointScores one score for each keypoint
 * @throws CocoEvalError when there is no keypoint, a score is missing or not finite, or an option is not of its kind
 */
export function personScore(
  boxScore: number,
  keypointScores: ArrayLike<number>,
  { mode = 'bbox_keypoint', keypointThreshold = 0.2 }: PersonScoreOptions = {},
): number {
  if (!isFiniteNumber(boxScore)) fail('detections', 'boxScore', 'a finite number', boxScore);
  checkNumbers('detections', () => 'keypointScores', keypointScores);
  if (keypointScores.length === 0) fail('detections', 'keypointScores', 'at least one score', keypointScores);
  if (!isFiniteNumber(keypointThreshold)) fail('params', 'keypointThreshold', 'a finite number', keypointThreshold);
  const scores = Float64Array.from(keypointScores);
  switch (mode) {
    case 'bbox':
      return boxScore;
    case 'keypoint':
      return mean(scores);
    case 'bbox_keypoint':
      return boxScore * meanAbove(scores, keypointThreshold);
    case 'bbox_rle':
      return boxScore + mean(scores) + scores.reduce((best, score) => Math.max(best, score));
    default:
      return fail('params', 'mode', "'bbox', 'keypoint', 'bbox_keypoint' or 'bbox_rle'", mode);
  }
}

function mean(scores: Float64Array): number {
  return pairwiseSum(scores, 0, scores.length) / scores.length;
}

// Added one after the other, as the references do, where `mean` is numpy's.
function meanAbove(scores: Float64Array, threshold: number): number {
  const above = scores.filter((score) => score > threshold);
  return above.length > 0 ? above.reduce((sum, score) => sum + score) / above.length : 0;
}
