import { DecodeError } from '../decode-error';
import { checkHeatmaps, type HeatmapShape, stepsOf } from '../heatmaps/heatmap-shape';
import { room } from '../room';
import { mirrorMaps } from './mirror-maps';
import { type FlipPairs, mirroredKeypoints } from './mirrored-keypoints';

export interface FlipOptions extends HeatmapShape {
  /** keypoints that change places when the image is mirrored */
  flipPairs: FlipPairs;
  /**
   * move the mirrored maps one column to the right, which lines them up with the others because heatmap pixel x stands
   * for input pixel stride * x; default true, as in the references' COCO settings
   */
  shift?: boolean;
}

/**
 * Heatmaps of a mirrored image, turned into those of the image itself: mirrored along x, left and right exchanged, and
 * shifted by one column; column 0 then keeps its value (human-pose-estimation.pytorch lib/utils/transforms.py
 * `flip_back` and lib/core/function.py `validate`).
 *
 * @param heatmaps shape [batch, height, width, K], or [batch, K, height, width] with layout 'khw'
 * @param into     room for the result, not `heatmaps` itself; default a new array
 * @returns the shape of `heatmaps`
 * @throws DecodeError when the length does not fit the shape, a pair names a keypoint that is not there, or `into` is `heatmaps`
 */
export function flipHeatmaps(heatmaps: Float32Array, options: FlipOptions, into?: Float32Array): Float32Array {
  const { flipPairs, shift = true } = options;
  const steps = stepsOf(options);
  checkHeatmaps('heatmaps', heatmaps, steps);
  const flipped = room(into, heatmaps.length);
  if (flipped === heatmaps) throw new DecodeError('Expected into to be another array than the heatmaps');
  return mirrorMaps(heatmaps, flipped, steps, { sources: mirroredKeypoints(flipPairs, steps.keypoints), shift });
}
