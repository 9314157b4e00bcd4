import { DecodeError } from '../decode-error';
import { checkHeatmaps, type HeatmapShape, stepsOf } from '../heatmaps/heatmap-shape';
import { room } from '../room';
import { meanInto } from './mean-into';
import { mirrorMaps } from './mirror-maps';
import { type FlipPairs, mirroredKeypoints } from './mirrored-keypoints';

export interface FlipUdpCombinedOptions extends HeatmapShape {
  /** keypoints that change places when the image is mirrored */
  flipPairs: FlipPairs;
}

/**
 * UDP's discs and offsets of a mirrored image, turned into those of the image itself: mirrored along x without a shift, left
 * and right exchanged, x offsets negated (mmpose mmpose/models/utils/tta.py `flip_heatmaps` in mode 'udp_combined').
 *
 * @param maps three per keypoint, disc, x and y offset: shape [batch, height, width, 3K], or [batch, 3K, height, width]
 *   with layout 'khw'
 * @param into room for the result, not `maps` itself; default a new array
 * @returns the shape of `maps`
 * @throws DecodeError when the length does not fit the shape, a pair names a keypoint that is not there, or `into` is `maps`
 */
export function flipUdpCombined(
  maps: Float32Array,
  options: FlipUdpCombinedOptions,
  into?: Float32Array,
): Float32Array {
  const { flipPairs, keypoints } = options;
  const steps = stepsOf({ ...options, keypoints: 3 * keypoints });
  checkHeatmaps('maps', maps, steps);
  const flipped = room(into, maps.length);
  if (flipped === maps) throw new DecodeError('Expected into to be another array than the maps');
  const sources = mirroredKeypoints(flipPairs, keypoints).flatMap((k) => [3 * k, 3 * k + 1, 3 * k + 2]);
  mirrorMaps(maps, flipped, steps, { sources, shift: false });
  // Channel 3k + 1 is the x offset.
  for (let i = 0; i < flipped.length; i++) {
    if (Math.floor(i / steps.perKeypoint) % 3 === 1) flipped[i] = -flipped[i];
  }
  return flipped;
}

/**
 * The flip test for UDP's discs and offsets: the mean of the maps of an image and of those of the mirrored image, turned
 * back by `flipUdpCombined`, in float32.
 *
 * @param maps         of the image; shape as `flipUdpCombined`
 * @param mirroredMaps of the mirrored image, as the network gave them; same shape
 * @param into         room for the result, neither of the two; default a new array
 * @returns the shape of `maps`
 * @throws DecodeError as `flipUdpCombined`
 */
export function mergeFlippedUdpCombined(
  maps: Float32Array,
  mirroredMaps: Float32Array,
  options: FlipUdpCombinedOptions,
  into?: Float32Array,
): Float32Array {
  const steps = stepsOf({ ...options, keypoints: 3 * options.keypoints });
  checkHeatmaps('maps', maps, steps);
  checkHeatmaps('mirroredMaps', mirroredMaps, steps);
  if (into === maps) throw new DecodeError('Expected into to be another array than the maps');
  return meanInto(maps, flipUdpCombined(mirroredMaps, options, into));
}
