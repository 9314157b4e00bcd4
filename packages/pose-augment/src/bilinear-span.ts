import { roundHalfToEven } from './round-half-to-even';
import type { WarpSource } from './warp-source';

/**
 * Pixels `from` to `to` of one row of a warped image, all of whose taps lie inside of the source: bilinear in float64,
 * rounded half to even. `assembly/bilinear-span.ts` is the same for WebAssembly.
 *
 * @param x, y    source position of the row's pixel 0
 * @param dx, dy  step of the source position from one pixel of the row to the next
 * @param out     RGB bytes; those of pixel `from` are written to `at`
 */
export function bilinearSpan(
  source: WarpSource,
  x: number,
  y: number,
  dx: number,
  dy: number,
  from: number,
  to: number,
  out: Uint8Array,
  at: number,
): void {
  const { data, origin, stride, right } = source;
  for (let column = from, o = at; column < to; column++, o += 3) {
    const sx = x + dx * column;
    const sy = y + dy * column;
    const left = sx | 0;
    const top = sy | 0;
    const u = sx - left;
    const v = sy - top;
    const w11 = u * v;
    const w01 = u - w11; // right, top
    const w10 = v - w11; // left, bottom
    const w00 = 1 - u - w10;
    const p = (origin + top * stride + left * right) | 0;
    const q = p + stride;
    const r = p + right;
    const s = q + right;
    out[o] = roundHalfToEven(data[p] * w00 + data[r] * w01 + data[q] * w10 + data[s] * w11);
    out[o + 1] = roundHalfToEven(data[p + 1] * w00 + data[r + 1] * w01 + data[q + 1] * w10 + data[s + 1] * w11);
    out[o + 2] = roundHalfToEven(data[p + 2] * w00 + data[r + 2] * w01 + data[q + 2] * w10 + data[s + 2] * w11);
  }
}
