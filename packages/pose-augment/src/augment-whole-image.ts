import { checkProbability } from './argument-checks';
import type { Random } from './random';
import type { FlipPairs } from './types';
import {
  cropWholeImage,
  drawCropOrigin,
  drawRescale,
  flipWholeImage,
  padWholeImage,
  rescaleWholeImage,
  type WholeImage,
} from './whole-image';

export interface WholeImageOptions {
  /** keypoints that change places when the image is mirrored */
  flipPairs: FlipPairs;
  /** pixels; width and height of the network input; the reference's is 368 */
  edge: number;
  /** default 0.5 */
  flipProbability?: number;
  /** least and most factor of the image's size; default [0.5, 1], the reference's */
  scaleRange?: readonly [number, number];
}

/**
 * The training augmentation of OpenPose's PyTorch reproduction (pytorch_Realtime_Multi-Person_Pose_Estimation
 * train/train_VGG19.py): mirrored or not, rescaled, cut to a square, padded to one. The image is resampled once, in the
 * rescaling. Draws, all uniform: the flip (up to the probability; none for 0), the factor, then x and y of the cut where they are
 * needed.
 *
 * @throws AugmentError when an option is out of its range
 */
export function augmentWholeImage(random: Random, state: WholeImage, options: WholeImageOptions): WholeImage {
  const { flipPairs, edge, flipProbability = 0.5, scaleRange = [0.5, 1] } = options;
  checkProbability('flipProbability', flipProbability);
  const flipped = flipProbability > 0 && random.uniform() <= flipProbability ? flipWholeImage(state, flipPairs) : state;
  const rescaled = rescaleWholeImage(flipped, drawRescale(random, scaleRange));
  const cut = cropWholeImage(rescaled, drawCropOrigin(random, rescaled, edge), edge);
  return padWholeImage(cut, [edge, edge]);
}
