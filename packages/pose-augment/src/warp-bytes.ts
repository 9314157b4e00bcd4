import { invertAffine } from './affine';
import { areaRows } from './area-rows';
import { areaSamples } from './area-samples';
import { checkSize } from './argument-checks';
import { bilinearRows } from './bilinear-rows';
import { bilinearSpan } from './bilinear-span';
import { checkImageRegion, type ImageRegion } from './image-region';
import { nearestRows } from './nearest-rows';
import { type SimdWarp, simdWarp } from './simd/simd-warp';
import type { Affine, Size } from './types';
import { checkedWarpOptions, type WarpOptions } from './warp-options';
import { warpSource } from './warp-source';

/** A crop's bytes, and the SIMD kernels' memory when that is where they lie: read them before the next warp. */
export interface WarpedBytes {
  bytes: Uint8Array;
  simd?: SimdWarp;
}

/**
 * What `warpAffine` and `warpNormalized` share.
 *
 * @param room gives the array for the result where the SIMD kernels are not used
 */
export function warpBytes(
  image: ImageRegion,
  matrix: Affine,
  size: Size,
  options: WarpOptions,
  room: () => Uint8Array,
): WarpedBytes {
  checkImageRegion(image);
  checkSize('size', size);
  const { interpolation, border } = checkedWarpOptions(options);
  const source = warpSource(image, matrix, size, options);
  const inverse = invertAffine(matrix);
  if (interpolation === 'nearest') {
    const bytes = room();
    nearestRows(source, inverse, size, border, bytes);
    return { bytes };
  }
  const samples = interpolation === 'area' ? areaSamples(inverse) : ([1, 1] as const);
  if (samples[0] * samples[1] > 1) {
    const bytes = room();
    areaRows(source, inverse, size, border, samples, bytes);
    return { bytes };
  }
  const simd = simdWarp(source, size);
  const bytes = simd?.bytes ?? room();
  const writeSpan =
    simd?.writeSpan ??
    ((x: number, y: number, dx: number, dy: number, from: number, to: number, at: number) =>
      bilinearSpan(source, x, y, dx, dy, from, to, bytes, at));
  bilinearRows(source, inverse, size, border, bytes, writeSpan);
  return { bytes, simd };
}
