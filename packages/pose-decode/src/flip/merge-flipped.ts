import { checkHeatmaps, stepsOf } from '../heatmaps/heatmap-shape';
import { DecodeError } from '../decode-error';
import { flipHeatmaps, type FlipOptions } from './flip-heatmaps';
import { meanInto } from './mean-into';

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
  checkHeatmaps('heatmaps', heatmaps, stepsOf(options));
  checkHeatmaps('mirroredHeatmaps', mirroredHeatmaps, stepsOf(options));
  if (into === heatmaps) throw new DecodeError('Expected into to be another array than the heatmaps');
  return meanInto(heatmaps, flipHeatmaps(mirroredHeatmaps, options, into));
}
