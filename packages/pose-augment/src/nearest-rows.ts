import { borderIndex } from './border-index';
import type { Affine, Size } from './types';
import type { Border } from './warp-options';
import type { WarpSource } from './warp-source';

/**
 * A warp that copies the nearest pixel, halves towards the right and down.
 *
 * @param inverse result pixels to source pixels
 * @param out     RGB bytes of the result
 */
export function nearestRows(
  source: WarpSource,
  inverse: Affine,
  [columns, rows]: Size,
  { mode, color }: Border,
  out: Uint8Array,
): void {
  const { data, origin, stride, right, width, height } = source;
  const [dx, b, c, dy, e, f] = inverse;
  for (let row = 0, o = 0; row < rows; row++) {
    const x = b * row + c;
    const y = e * row + f;
    for (let column = 0; column < columns; column++, o += 3) {
      const sx = borderIndex(Math.floor(x + dx * column + 0.5), width, mode);
      const sy = borderIndex(Math.floor(y + dy * column + 0.5), height, mode);
      if (sx < 0 || sy < 0) {
        out.set(color, o);
        continue;
      }
      const tap = origin + sy * stride + sx * right;
      out[o] = data[tap];
      out[o + 1] = data[tap + 1];
      out[o + 2] = data[tap + 2];
    }
  }
}
