import { fail, isFiniteNumber } from '../input/json-checks';
import { toShares } from './shares';

export interface HeatmapAccuracyOptions {
  /** Sizes in the order of the layout: [N, H, W, K] for 'hwk', [N, K, H, W] for 'khw'. */
  readonly shape: readonly number[];
  /** Default 'hwk'. */
  readonly layout?: 'hwk' | 'khw';
  /** Largest distance that still counts, exclusive, in tenths of the heatmap's size. Default 0.5. */
  readonly threshold?: number;
}

export interface HeatmapAccuracy {
  /** Mean of `perKeypoint` over the keypoints that have a sample, 0 where none has. */
  readonly average: number;
  /** Share of samples within the threshold, -1 where no sample counts. */
  readonly perKeypoint: readonly number[];
  /** Keypoints that have a sample. */
  readonly count: number;
}

/**
 * Share of predicted peaks that lie near the target's peak (`accuracy` of HRNet and SimpleBaseline, lib/core/evaluate.py):
 * a training metric. A sample counts if its target's peak has x > 1 and y > 1. As there, the distance in x is measured in
 * tenths of the heatmap's height and the one in y in tenths of its width; a map without a value above 0, or with a NaN,
 * has its peak at (0, 0); of equal maxima the first row, then the first column, wins. Unlike there, where the threshold
 * is 0.5 whatever is asked for, `threshold` is obeyed.
 *
 * @param output predicted heatmaps, laid out as the options say
 * @param target target heatmaps, the same
 * @throws CocoEvalError when lengths and shape do not agree or an option is not of its kind
 */
export function heatmapAccuracy(
  output: ArrayLike<number>,
  target: ArrayLike<number>,
  { shape, layout = 'hwk', threshold = 0.5 }: HeatmapAccuracyOptions,
): HeatmapAccuracy {
  if (layout !== 'hwk' && layout !== 'khw') fail('heatmaps', 'layout', "'hwk' or 'khw'", layout);
  if (!isFiniteNumber(threshold)) fail('heatmaps', 'threshold', 'a finite number', threshold);
  if (shape.length !== 4 || shape.some((size) => !Number.isInteger(size) || size < 1)) {
    fail('heatmaps', 'shape', 'four whole numbers above 0', `[${shape.join(', ')}]`);
  }
  const length = shape.reduce((product, size) => product * size, 1);
  if (output.length !== length) fail('heatmaps', 'output', `${length} values (${shape.join(' x ')})`, output);
  if (target.length !== length) fail('heatmaps', 'target', `${length} values (${shape.join(' x ')})`, target);

  const [N, H, W, K] = layout === 'hwk' ? shape : [shape[0], shape[2], shape[3], shape[1]];
  const findPeaks = layout === 'hwk' ? peaksOfPixels : peaksOfMaps;
  const [peaks, targetPeaks] = [new Int32Array(K), new Int32Array(K)];
  const [within, samples] = [new Float64Array(K), new Float64Array(K)];
  for (let n = 0; n < N; n++) {
    findPeaks(output, n * H * W * K, H * W, peaks);
    findPeaks(target, n * H * W * K, H * W, targetPeaks);
    for (let k = 0; k < K; k++) {
      const tx = targetPeaks[k] % W;
      const ty = (targetPeaks[k] - tx) / W;
      if (tx <= 1 || ty <= 1) continue;
      const x = peaks[k] % W;
      const y = (peaks[k] - x) / W;
      const dx = x / (H / 10) - tx / (H / 10);
      const dy = y / (W / 10) - ty / (W / 10);
      samples[k]++;
      if (Math.sqrt(dx * dx + dy * dy) < threshold) within[k]++;
    }
  }
  const { average, shares, count } = toShares(within, samples);
  return { average, perKeypoint: shares, count };
}

/** Pixel index of the maximum of each of K interleaved maps, 0 where it is not above 0. */
function peaksOfPixels(values: ArrayLike<number>, begin: number, pixels: number, peaks: Int32Array): void {
  const K = peaks.length;
  const best = new Float64Array(K).fill(-Infinity);
  peaks.fill(0);
  for (let p = 0, at = begin; p < pixels; p++) {
    for (let k = 0; k < K; k++, at++) {
      const value = values[at];
      // A NaN stays the maximum, as in numpy: nothing is above it.
      if (value > best[k] || Number.isNaN(value)) {
        best[k] = value;
        peaks[k] = p;
      }
    }
  }
  for (let k = 0; k < K; k++) if (!(best[k] > 0)) peaks[k] = 0;
}

/** The same for maps that lie one after the other. */
function peaksOfMaps(values: ArrayLike<number>, begin: number, pixels: number, peaks: Int32Array): void {
  for (let k = 0, at = begin; k < peaks.length; k++) {
    let best = -Infinity;
    let peak = 0;
    for (let p = 0; p < pixels; p++, at++) {
      const value = values[at];
      if (value > best || Number.isNaN(value)) {
        best = value;
        peak = p;
      }
    }
    peaks[k] = best > 0 ? peak : 0;
  }
}
