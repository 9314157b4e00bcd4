import type { Keypoints } from './types';

/** Indices of the labelled keypoints above the waist, and of the others. */
export function labelledHalves(
  keypoints: Keypoints,
  upperBody: readonly number[],
): { upper: number[]; lower: number[] } {
  const upper: number[] = [];
  const lower: number[] = [];
  for (let k = 0; k < keypoints.length / 3; k++) {
    if (keypoints[3 * k + 2] > 0) (upperBody.includes(k) ? upper : lower).push(k);
  }
  return { upper, lower };
}

/**
 * Mean of some keypoints' positions, and width and height from the first to the last; float32 after each step, as in the
 * references' half-body transforms.
 *
 * @param chosen indices of one or more keypoints
 */
export function keypointExtent(
  keypoints: Keypoints,
  chosen: readonly number[],
): { center: [number, number]; size: [number, number] } {
  const xs = chosen.map((k) => Math.fround(keypoints[3 * k]));
  const ys = chosen.map((k) => Math.fround(keypoints[3 * k + 1]));
  return { center: [mean(xs), mean(ys)], size: [extent(xs), extent(ys)] };
}

function mean(values: readonly number[]): number {
  return Math.fround(values.reduce((sum, value) => Math.fround(sum + value), 0) / values.length);
}

function extent(values: readonly number[]): number {
  return Math.fround(Math.max(...values) - Math.min(...values));
}
