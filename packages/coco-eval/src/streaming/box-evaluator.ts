import type { BoxStats } from '../evaluation/box-stats';
import { BOXES } from '../evaluation/box-type';
import type { BoxEvalParams } from '../evaluation/eval-params';
import type { CocoBoxAnnotation, CocoBoxResult } from '../input/coco-types';
import { StreamingEvaluator, type StreamingParams } from './streaming-evaluator';

/** `evaluateBoxes` for images that come one at a time, or in parts from several workers. */
export class BoxEvaluator extends StreamingEvaluator<BoxEvalParams, keyof BoxStats, CocoBoxAnnotation, CocoBoxResult> {
  /** @throws CocoEvalError when a setting is not of its kind */
  constructor(params: StreamingParams<BoxEvalParams> = {}) {
    super(BOXES, params);
  }
}
