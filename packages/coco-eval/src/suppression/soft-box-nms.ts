import { fail, isFiniteNumber } from '../input/json-checks';
import { boxesIou, type ScoredBox } from '../similarity/boxes-iou';
import { type SoftNmsResult, softSuppression } from './greedy-suppression';

export interface SoftBoxNmsOptions {
  /** How scores fall with the overlap. Default 'gaussian'. */
  readonly method?: 'gaussian' | 'linear';
  /** Of 'gaussian': the larger, the less scores fall. Default 0.5. */
  readonly sigma?: number;
  /** Of 'linear': boxes that overlap less keep their scores. Default 0.3. */
  readonly threshold?: number;
  /** A box whose score has fallen below this is dropped. Default 0.001. */
  readonly minScore?: number;
}

const { exp } = Math;

/**
 * Soft non-maximum suppression of boxes (Bodla et al. 2017, section 3; the defaults are those of bharatsingh430/soft-nms,
 * which counts boxes one pixel longer): the best scored is picked, the scores of the others are multiplied by
 * exp(-IoU^2 / sigma), or with 'linear' by 1 - IoU where the intersection over union is not below `threshold`, and so on.
 * Equal scores keep the order of the list.
 *
 * @param boxes of one image and category
 * @throws CocoEvalError when a number is missing or not finite, a width or height is below 0, or an option is not of its kind
 */
export function softBoxNms(boxes: readonly ScoredBox[], options: SoftBoxNmsOptions = {}): SoftNmsResult {
  const { method = 'gaussian', sigma = 0.5, threshold = 0.3, minScore = 0.001 } = options;
  if (method !== 'gaussian' && method !== 'linear') fail('params', 'method', "'gaussian' or 'linear'", method);
  if (!(isFiniteNumber(sigma) && sigma > 0)) fail('params', 'sigma', 'a number above 0', sigma);
  if (!isFiniteNumber(threshold)) fail('params', 'threshold', 'a finite number', threshold);
  if (!isFiniteNumber(minScore)) fail('params', 'minScore', 'a finite number', minScore);
  const iou = boxesIou(boxes);
  const factor =
    method === 'gaussian'
      ? (overlap: number) => exp(-(overlap * overlap) / sigma)
      : (overlap: number) => (overlap >= threshold ? 1 - overlap : 1);
  const scores = boxes.map(({ score }) => score);
  return softSuppression(scores, (best, other) => factor(iou(best, other)), { minScore });
}
