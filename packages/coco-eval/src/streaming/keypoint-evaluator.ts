import type { KeypointEvalParams } from '../evaluation/eval-params';
import type { KeypointStats } from '../evaluation/keypoint-stats';
import { KEYPOINTS } from '../evaluation/keypoint-type';
import type { CocoKeypointAnnotation, CocoKeypointResult } from '../input/coco-types';
import { StreamingEvaluator, type StreamingParams } from './streaming-evaluator';

/** `evaluateKeypoints` for images that come one at a time, or in parts from several workers. */
export class KeypointEvaluator extends StreamingEvaluator<
  KeypointEvalParams,
  keyof KeypointStats,
  CocoKeypointAnnotation,
  CocoKeypointResult
> {
  /** @throws CocoEvalError when a setting is not of its kind */
  constructor(params: StreamingParams<KeypointEvalParams> = {}) {
    super(KEYPOINTS, params);
  }
}
