/** Adding and taking away 2^52 leaves a positive float64 rounded to a whole number, halves to even. */
const WHOLE = 2 ** 52;

/**
 * One row of a warped image: bilinear in float64, taps outside of the source count as 0, rounded half to even, which is
 * what OpenCV 5's warpAffine (INTER_LINEAR, constant border 0) computes up to its float32.
 *
 * @param data    source, RGB bytes
 * @param x, y    source position of the row's first pixel
 * @param dx, dy  step of the source position from one pixel of the row to the next
 * @param out     RGB bytes; written from `at` on, 3 * columns of them
 */
export function resampleRow(
  data: Uint8Array,
  width: number,
  height: number,
  x: number,
  y: number,
  dx: number,
  dy: number,
  columns: number,
  out: Uint8Array,
  at: number,
): void {
  const stride = width * 3;
  const lastX = width - 1;
  const lastY = height - 1;
  for (let column = 0, o = at; column < columns; column++, o += 3) {
    const sx = x + dx * column;
    const sy = y + dy * column;
    if (sx >= 0 && sy >= 0 && sx < lastX && sy < lastY) {
      const left = sx | 0;
      const top = sy | 0;
      const u = sx - left;
      const v = sy - top;
      const w11 = u * v;
      const w01 = u - w11; // right, top
      const w10 = v - w11; // left, bottom
      const w00 = 1 - u - w10;
      const p = (top * stride + left * 3) | 0;
      const q = p + stride;
      out[o] = data[p] * w00 + data[p + 3] * w01 + data[q] * w10 + data[q + 3] * w11 + WHOLE - WHOLE;
      out[o + 1] = data[p + 1] * w00 + data[p + 4] * w01 + data[q + 1] * w10 + data[q + 4] * w11 + WHOLE - WHOLE;
      out[o + 2] = data[p + 2] * w00 + data[p + 5] * w01 + data[q + 2] * w10 + data[q + 5] * w11 + WHOLE - WHOLE;
    } else if (sx > -1 && sy > -1 && sx < width && sy < height) {
      resampleAtBorder(data, width, height, sx, sy, out, o);
    } else {
      out[o] = out[o + 1] = out[o + 2] = 0;
    }
  }
}

/** A pixel with at least one tap on the first or last row or column, perhaps some outside. */
function resampleAtBorder(
  data: Uint8Array,
  width: number,
  height: number,
  sx: number,
  sy: number,
  out: Uint8Array,
  at: number,
): void {
  const left = Math.floor(sx);
  const top = Math.floor(sy);
  for (let c = 0; c < 3; c++) {
    let value = 0;
    for (let y = Math.max(top, 0); y <= top + 1 && y < height; y++) {
      for (let x = Math.max(left, 0); x <= left + 1 && x < width; x++) {
        value += data[(y * width + x) * 3 + c] * (1 - Math.abs(sx - x)) * (1 - Math.abs(sy - y));
      }
    }
    out[at + c] = value + WHOLE - WHOLE;
  }
}
