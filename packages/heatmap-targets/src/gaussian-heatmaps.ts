import { TargetError } from './target-error';

/** `[width, height]` in pixels. */
export type Size = readonly [number, number];

/** Order of the axes: `[height, width, K]` or `[K, height, width]`. */
export type HeatmapLayout = 'hwk' | 'khw';

export interface GaussianOptions {
  /** width and height of the network input, the space of the keypoints */
  inputSize: Size;
  /** width and height of the heatmaps */
  heatmapSize: Size;
  /** standard deviation, heatmap pixels; default 2, the papers use 3 for heatmaps of 72x96 */
  sigma?: number;
  /** default 'hwk' */
  layout?: HeatmapLayout;
  /** one factor per keypoint on its weight; default 1 for each */
  jointWeights?: ArrayLike<number>;
}

export interface HeatmapTargets {
  /** shape [height, width, K], or [K, height, width] with layout 'khw' */
  heatmaps: Float32Array;
  /** shape [K]: 0 for keypoints that the loss must leave out, else 1 or the joint weight */
  weights: Float32Array;
}

/**
 * Gaussian heatmaps of one person (SimpleBaseline, Xiao et al. 2018, section 2; deep-high-resolution-net.pytorch
 * lib/dataset/JointsDataset.py `generate_target`, the same in gluon-cv data/transforms/presets `pose_target.py`).
 *
 * Each labelled keypoint is rounded to a whole heatmap pixel and gets a patch of peak 1 that reaches 3 sigma to each
 * side, cut at the border. A keypoint whose patch lies outside gets weight 0; like the reference, the patch that ends
 * just at the left or upper border keeps its weight although its map is empty.
 *
 * @param keypoints flat [x, y, v] triplets in network input pixels; v = 0 means not labelled: an empty map, weight 0
 * @param into      room for the result, to be used again (it is cleared); default new arrays
 * @throws TargetError when the keypoints are no triplets, a labelled one is not finite, or sizes do not fit
 */
export function gaussianHeatmaps(
  keypoints: ArrayLike<number>,
  options: GaussianOptions,
  into?: HeatmapTargets,
): HeatmapTargets {
  const { inputSize, heatmapSize, sigma = 2, layout = 'hwk', jointWeights } = options;
  checkOptions(keypoints, options, sigma, layout);
  const [width, height] = heatmapSize;
  const count = keypoints.length / 3;
  const heatmaps = room('heatmaps', into?.heatmaps, width * height * count);
  const weights = room('weights', into?.weights, count);
  const [strideX, strideY] = [inputSize[0] / width, inputSize[1] / height];
  const reach = 3 * sigma;
  const bell = gaussianLine(sigma);
  const [stepX, stepY, stepK] = layout === 'hwk' ? [count, count * width, 1] : [1, width, width * height];

  for (let k = 0; k < count; k++) {
    if (keypoints[3 * k + 2] === 0) continue;
    // Math.trunc is the references' int(): towards zero, also for negative numbers
    const x = Math.trunc(keypoints[3 * k] / strideX + 0.5);
    const y = Math.trunc(keypoints[3 * k + 1] / strideY + 0.5);
    const left = Math.trunc(x - reach);
    const top = Math.trunc(y - reach);
    const right = Math.trunc(x + reach + 1); // exclusive
    const bottom = Math.trunc(y + reach + 1);
    if (left >= width || top >= height || right < 0 || bottom < 0) continue;
    weights[k] = jointWeights ? jointWeights[k] : 1;
    const [firstX, lastX] = [Math.max(left, 0), Math.min(right, width)];
    for (let row = Math.max(top, 0); row < Math.min(bottom, height); row++) {
      const level = bell[row - top];
      for (let column = firstX, i = row * stepY + firstX * stepX + k * stepK; column < lastX; column++, i += stepX) {
        heatmaps[i] = level * bell[column - left];
      }
    }
  }
  return { heatmaps, weights };
}

/** One axis of the patch: the Gaussian is separable. Its middle is the whole number below half of the patch. */
function gaussianLine(sigma: number): Float64Array {
  const size = 6 * sigma + 1;
  const middle = Math.floor(size / 2);
  return Float64Array.from({ length: Math.ceil(size) }, (_, i) => Math.exp(-((i - middle) ** 2) / (2 * sigma ** 2)));
}

/** An empty array of the length that is needed: the caller's if there is one. */
function room(name: string, given: Float32Array | undefined, length: number): Float32Array {
  if (!given) return new Float32Array(length);
  if (given.length !== length) {
    throw new TargetError(`Expected room for ${length} floats in into.${name} but found ${given.length}`);
  }
  return given.fill(0);
}

function checkOptions(keypoints: ArrayLike<number>, options: GaussianOptions, sigma: number, layout: string): void {
  const { inputSize, heatmapSize, jointWeights } = options;
  for (const [name, size] of Object.entries({ inputSize, heatmapSize })) {
    if (size.length !== 2 || !size.every((value) => Number.isInteger(value) && value > 0)) {
      throw new TargetError(
        `Expected [width, height], two positive integers, for ${name} but received [${size.join(', ')}]`,
      );
    }
  }
  if (!(sigma > 0 && sigma < Infinity)) throw new TargetError(`Expected a positive sigma but received ${sigma}`);
  if (layout !== 'hwk' && layout !== 'khw')
    throw new TargetError(`Expected layout 'hwk' or 'khw' but received '${layout}'`);
  if (keypoints.length === 0 || keypoints.length % 3 !== 0) {
    throw new TargetError(`Expected keypoints as triplets [x, y, v, ...] but received ${keypoints.length} numbers`);
  }
  for (let k = 0; k < keypoints.length / 3; k++) {
    const [x, y, v] = [keypoints[3 * k], keypoints[3 * k + 1], keypoints[3 * k + 2]];
    if (!(v >= 0) || (v > 0 && !(Number.isFinite(x) && Number.isFinite(y)))) {
      throw new TargetError(`Expected finite [x, y, v >= 0] for keypoint ${k} but received [${x}, ${y}, ${v}]`);
    }
  }
  if (!jointWeights) return;
  if (jointWeights.length !== keypoints.length / 3 || !Array.prototype.every.call(jointWeights, Number.isFinite)) {
    const found = Array.from(jointWeights).join(', ');
    throw new TargetError(`Expected ${keypoints.length / 3} finite jointWeights but received [${found}]`);
  }
}
