import { checkChoice, checkFraction, checkKeypoints, checkPositive, checkSigmas, checkSizes } from './check-arguments';
import type { Size } from './heatmap-layout';
import { checkWeighting, weightOf, type WeightOptions } from './heatmap-options';
import { room } from './room';
import { roundHalfEven } from './round-half-even';
import { TargetError } from './target-error';

export interface SimccOptions extends WeightOptions {
  /** width and height of the network input, the space of the keypoints */
  inputSize: Size;
  /** bins per input pixel; default 2 */
  splitRatio?: number;
  /** 'gaussian' (the default) or 'standard': one bin per axis, with label smoothing */
  encoding?: 'gaussian' | 'standard';
  /** standard deviation in bins, of both axes or [x, y]; default 6; for 'gaussian' */
  sigma?: number | readonly [number, number];
  /** whether a line is divided by sigma * sqrt(2 pi); default true; for 'gaussian' */
  normalize?: boolean;
  /** what the true bin gives away to all others in equal parts, 0 to 1; default 0; for 'standard' */
  labelSmoothing?: number;
}

export interface SimccLabels {
  /** shape [K, bins along x] */
  x: Float32Array;
  /** shape [K, bins along y] */
  y: Float32Array;
  /** shape [K]: 0 for keypoints that the loss must leave out */
  weights: Float32Array;
}

/**
 * One line of bins per axis and keypoint (SimCC, Li et al. 2022, section 3; mmpose codecs/simcc_label.py). An axis has
 * round(size * splitRatio) bins; the keypoint's bin is the nearest one, halves to the even one.
 *
 * @param keypoints flat [x, y, v] triplets in network input pixels; v = 0 means not labelled; it and a keypoint outside
 *                  (for 'gaussian', by more than 3 sigma) get empty lines and weight 0
 * @param into      room for the result, to be used again (it is cleared); default new arrays
 * @throws TargetError when the keypoints are no triplets, a labelled one is not finite, or options do not fit
 */
export function simccLabels(keypoints: ArrayLike<number>, options: SimccOptions, into?: SimccLabels): SimccLabels {
  const { inputSize, splitRatio = 2 } = options;
  checkSizes({ inputSize });
  checkPositive({ splitRatio });
  checkKeypoints(keypoints);
  const count = keypoints.length / 3;
  checkWeighting(options, count);
  const [lengthX, lengthY] = inputSize.map((size) => roundHalfEven(size * splitRatio));
  const [axisX, axisY] = encodingOf(options, [lengthX, lengthY]);
  const x = room('into.x', into?.x, lengthX * count);
  const y = room('into.y', into?.y, lengthY * count);
  const weights = room('into.weights', into?.weights, count);
  const { fround } = Math;
  for (let k = 0; k < count; k++) {
    const v = keypoints[3 * k + 2];
    if (v === 0) continue;
    const binX = roundHalfEven(fround(fround(keypoints[3 * k]) * splitRatio)); // the reference's single precision
    const binY = roundHalfEven(fround(fround(keypoints[3 * k + 1]) * splitRatio));
    if (axisX.isOutside(binX) || axisY.isOutside(binY)) continue;
    axisX.write(x, k * lengthX, binX);
    axisY.write(y, k * lengthY, binY);
    weights[k] = weightOf(options, k, v);
  }
  return { x, y, weights };
}

interface AxisEncoding {
  isOutside(bin: number): boolean;
  write(lines: Float32Array, start: number, bin: number): void;
}

function encodingOf(options: SimccOptions, [lengthX, lengthY]: [number, number]): [AxisEncoding, AxisEncoding] {
  const { inputSize, splitRatio = 2, encoding = 'gaussian' } = options;
  const { sigma = 6, normalize = true, labelSmoothing = 0 } = options;
  checkChoice('encoding', encoding, ['gaussian', 'standard']);
  if (encoding === 'standard') {
    checkFraction('labelSmoothing', labelSmoothing);
    const fewest = labelSmoothing > 0 ? 2 : 1;
    if (lengthX < fewest || lengthY < fewest) tooFewBins(fewest, inputSize, splitRatio);
    return [standardAxis(lengthX, labelSmoothing), standardAxis(lengthY, labelSmoothing)];
  }
  if (lengthX < 1 || lengthY < 1) tooFewBins(1, inputSize, splitRatio);
  const [sigmaX, sigmaY] = typeof sigma === 'number' ? [sigma, sigma] : sigma;
  checkSigmas({ 'sigma along x': sigmaX, 'sigma along y': sigmaY });
  return [gaussianAxis(lengthX, sigmaX, normalize), gaussianAxis(lengthY, sigmaY, normalize)];
}

function tooFewBins(fewest: number, inputSize: Size, splitRatio: number): never {
  throw new TargetError(
    `Expected ${fewest} or more bins per axis but received inputSize [${inputSize.join(', ')}] and splitRatio ${splitRatio}`,
  );
}

function gaussianAxis(length: number, sigma: number, normalize: boolean): AxisEncoding {
  const reach = 3 * sigma;
  const scale = normalize ? 1 / (sigma * Math.sqrt(2 * Math.PI)) : 1;
  // by distance; a keypoint may lie up to `reach` outside
  const bell = Float32Array.from(
    { length: length + Math.ceil(reach) + 2 },
    (_, distance) => scale * Math.exp(-(distance * distance) / (2 * sigma * sigma)),
  );
  return {
    isOutside: (bin) => bin - reach >= length || bin + reach + 1 < 0,
    write(lines, start, bin) {
      for (let i = 0; i < length; i++) lines[start + i] = bell[Math.abs(i - bin)];
    },
  };
}

function standardAxis(length: number, labelSmoothing: number): AxisEncoding {
  return {
    isOutside: (bin) => bin < 0 || bin >= length,
    write(lines, start, bin) {
      if (labelSmoothing > 0) lines.fill(labelSmoothing / (length - 1), start, start + length);
      lines[start + bin] = 1 - labelSmoothing;
    },
  };
}
