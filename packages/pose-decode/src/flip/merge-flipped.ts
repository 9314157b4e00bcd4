import { checkHeatmaps, stepsOf } from '../heatmaps/heatmap-shape';
import { DecodeError } from '../decode-error';
import { room } from '../room';
import type { FlipOptions } from './flip-heatmaps';
import { mirrorMaps } from './mirror-maps';
import { mirroredKeypoints } from './mirrored-keypoints';

/**
 * The flip test: the mean of the heatmaps of an image and of those of the mirrored image, turned back by `flipHeatmaps`
 * (human-pose-estimation.pytorch lib/core/function.py `validate`), in float32.
 *
 * @param heatmaps         of the image; shape [batch, height, width, K], or [batch, K, height, width] with layout 'khw'
 * @param mirroredHeatmaps of the mirrored image, as the network gave them; same shape
 * @param into             room for the result, neither of the two; default a new array
 * @returns the shape of `heatmaps`
 * @throws DecodeError as `flipHeatmaps`
 */
export function mergeFlipped(
  heatmaps: Float32Array,
  mirroredHeatmaps: Float32Array,
  options: FlipOptions,
  into?: Float32Array,
): Float32Array {
  const { flipPairs, shift = true } = options;
  const steps = stepsOf(options);
  checkHeatmaps('heatmaps', heatmaps, steps);
  checkHeatmaps('mirroredHeatmaps', mirroredHeatmaps, steps);
  const merged = room(into, heatmaps.length);
  if (merged === heatmaps || merged === mirroredHeatmaps) {
    throw new DecodeError('Expected into to be another array than the heatmaps');
  }
  const sources = mirroredKeypoints(flipPairs, steps.keypoints);
  return mirrorMaps(mirroredHeatmaps, merged, steps, { sources, shift }, heatmaps);
}
