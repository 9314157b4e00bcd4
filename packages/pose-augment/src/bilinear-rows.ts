import { addBilinear } from './border-pixel';
import { insideSpan } from './inside-span';
import { roundHalfToEven } from './round-half-to-even';
import type { Affine, Size } from './types';
import type { Border } from './warp-options';
import type { WarpSource } from './warp-source';

/**
 * Writes pixels `from` to `to` of one row, all of whose taps are inside of the source: `bilinearSpan` for one source and
 * result. It may write over the byte after them.
 */
export type WriteSpan = (x: number, y: number, dx: number, dy: number, from: number, to: number, at: number) => void;

/**
 * A bilinear warp, row by row: the pixels in the middle, which see the source only, and those at both ends.
 *
 * @param inverse   result pixels to source pixels
 * @param out       RGB bytes of the result
 * @param writeSpan writes to `out`
 */
export function bilinearRows(
  source: WarpSource,
  inverse: Affine,
  [columns, rows]: Size,
  border: Border,
  out: Uint8Array,
  writeSpan: WriteSpan,
): void {
  const [dx, b, c, dy, e, f] = inverse;
  for (let row = 0; row < rows; row++) {
    const x = b * row + c;
    const y = e * row + f;
    const [fromX, toX] = insideSpan(x, dx, source.width - 1, columns);
    const [fromY, toY] = insideSpan(y, dy, source.height - 1, columns);
    const from = Math.min(Math.max(fromX, fromY), columns);
    const to = Math.max(Math.min(toX, toY), from);
    const start = row * columns * 3;
    writeEnd(source, border, x, y, dx, dy, 0, from, out, start);
    if (from < to) writeSpan(x, y, dx, dy, from, to, start + from * 3);
    writeEnd(source, border, x, y, dx, dy, to, columns, out, start + to * 3);
  }
}

/** Pixels that may see the border. */
function writeEnd(
  source: WarpSource,
  border: Border,
  x: number,
  y: number,
  dx: number,
  dy: number,
  from: number,
  to: number,
  out: Uint8Array,
  at: number,
): void {
  const [red, green, blue] = border.color;
  const value = new Float64Array(3);
  for (let column = from, o = at; column < to; column++, o += 3) {
    const sx = x + dx * column;
    const sy = y + dy * column;
    const near = sx > -1 && sy > -1 && sx < source.width && sy < source.height;
    if (near || border.mode !== 'constant') {
      value.fill(0);
      addBilinear(source, border, sx, sy, value);
      for (let channel = 0; channel < 3; channel++) out[o + channel] = roundHalfToEven(value[channel]);
    } else {
      out[o] = red;
      out[o + 1] = green;
      out[o + 2] = blue;
    }
  }
}
