import { addBilinear } from './border-pixel';
import { roundHalfToEven } from './round-half-to-even';
import type { Affine, Size } from './types';
import type { Border } from './warp-options';
import type { WarpSource } from './warp-source';

/**
 * A warp for reductions: each pixel is the mean of bilinear values at places spread over its footprint in the source.
 *
 * @param inverse result pixels to source pixels
 * @param samples how many of them along a pixel's row and column: `areaSamples`
 * @param out     RGB bytes of the result
 */
export function areaRows(
  source: WarpSource,
  inverse: Affine,
  [columns, rows]: Size,
  border: Border,
  samples: readonly [number, number],
  out: Uint8Array,
): void {
  const [dx, b, c, dy, e, f] = inverse;
  const offsets = sampleOffsets(inverse, samples);
  const count = samples[0] * samples[1];
  const [reachX, reachY] = [(Math.abs(dx) + Math.abs(b)) / 2, (Math.abs(dy) + Math.abs(e)) / 2];
  const [lastX, lastY] = [source.width - 1, source.height - 1];
  const sum = new Float64Array(3);
  for (let row = 0, o = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++, o += 3) {
      const sx = b * row + c + dx * column;
      const sy = e * row + f + dy * column;
      sum.fill(0);
      if (sx - reachX >= 0 && sy - reachY >= 0 && sx + reachX < lastX && sy + reachY < lastY) {
        addInside(source, sx, sy, offsets, sum);
      } else {
        for (let i = 0; i < offsets.length; i += 2) {
          addBilinear(source, border, sx + offsets[i], sy + offsets[i + 1], sum);
        }
      }
      for (let channel = 0; channel < 3; channel++) out[o + channel] = roundHalfToEven(sum[channel] / count);
    }
  }
}

/** Where a pixel's samples lie, from its centre: x, y, x, y, ... in source pixels. */
function sampleOffsets([dx, b, , dy, e]: Affine, [m, n]: readonly [number, number]): Float64Array {
  const offsets = new Float64Array(2 * m * n);
  for (let j = 0, o = 0; j < n; j++) {
    const down = (j + 0.5) / n - 0.5;
    for (let i = 0; i < m; i++) {
      const across = (i + 0.5) / m - 0.5;
      offsets[o++] = dx * across + b * down;
      offsets[o++] = dy * across + e * down;
    }
  }
  return offsets;
}

/** `addBilinear` at each offset, for a pixel that sees the source only. */
function addInside(source: WarpSource, x: number, y: number, offsets: Float64Array, sum: Float64Array): void {
  const { data, origin, stride, right } = source;
  let red = 0;
  let green = 0;
  let blue = 0;
  for (let i = 0; i < offsets.length; i += 2) {
    const sx = x + offsets[i];
    const sy = y + offsets[i + 1];
    const left = sx | 0;
    const top = sy | 0;
    const u = sx - left;
    const v = sy - top;
    const w11 = u * v;
    const w01 = u - w11;
    const w10 = v - w11;
    const w00 = 1 - u - w10;
    const p = (origin + top * stride + left * right) | 0;
    const q = p + stride;
    const r = p + right;
    const s = q + right;
    red += data[p] * w00 + data[r] * w01 + data[q] * w10 + data[s] * w11;
    green += data[p + 1] * w00 + data[r + 1] * w01 + data[q + 1] * w10 + data[s + 1] * w11;
    blue += data[p + 2] * w00 + data[r + 2] * w01 + data[q + 2] * w10 + data[s + 2] * w11;
  }
  sum[0] = red;
  sum[1] = green;
  sum[2] = blue;
}
