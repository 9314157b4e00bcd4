/**
 * Max pooling's gradient over images [height, width, channels]: each dy is added to dx at the first maximum of its
 * window in row-major order; dx must come zeroed. See src/loops/max-pool-gradient.ts.
 */
export function maxPoolGradient(
  dy: usize,
  x: usize,
  images: i32,
  inHeight: i32,
  inWidth: i32,
  channels: i32,
  outHeight: i32,
  outWidth: i32,
  filterHeight: i32,
  filterWidth: i32,
  strideHeight: i32,
  strideWidth: i32,
  padTop: i32,
  padLeft: i32,
  dx: usize,
): void {
  const bytes = usize(channels) << 2;
  const inImage = usize(inHeight * inWidth) * bytes;
  const toDx = dx - x;
  let out = dy;
  for (let n = 0; n < images; n++, x += inImage) {
    for (let oy = 0; oy < outHeight; oy++) {
      const fromY = max(0, oy * strideHeight - padTop);
      const toY = min(inHeight, oy * strideHeight - padTop + filterHeight);
      for (let ox = 0; ox < outWidth; ox++, out += bytes) {
        const fromX = max(0, ox * strideWidth - padLeft);
        const toX = min(inWidth, ox * strideWidth - padLeft + filterWidth);
        let c: usize = 0;
        for (; c + 16 <= bytes; c += 16) {
          let best = f32x4.splat(f32(-Infinity));
          let where = i32x4.splat(-1);
          for (let y = fromY; y < toY; y++) {
            let at = x + usize(y * inWidth + fromX) * bytes + c;
            for (let column = fromX; column < toX; column++, at += bytes) {
              const value = v128.load(at);
              const greater = f32x4.gt(value, best);
              best = v128.bitselect(value, best, greater);
              where = v128.bitselect(i32x4.splat(i32(at)), where, greater);
            }
          }
          give(i32x4.extract_lane(where, 0), toDx, out + c);
          give(i32x4.extract_lane(where, 1), toDx + 4, out + c + 4);
          give(i32x4.extract_lane(where, 2), toDx + 8, out + c + 8);
          give(i32x4.extract_lane(where, 3), toDx + 12, out + c + 12);
        }
        for (; c < bytes; c += 4) {
          let best = f32(-Infinity);
          let where = -1;
          for (let y = fromY; y < toY; y++) {
            let at = x + usize(y * inWidth + fromX) * bytes + c;
            for (let column = fromX; column < toX; column++, at += bytes) {
              const value = load<f32>(at);
              if (value > best) {
                best = value;
                where = i32(at);
              }
            }
          }
          give(where, toDx, out + c);
        }
      }
    }
  }
}

/** A window of nothing but NaN has no maximum (where is -1) and gives to nobody. */
function give(where: i32, toDx: usize, dy: usize): void {
  if (where === -1) return;
  const at = usize(where) + toDx;
  store<f32>(at, load<f32>(at) + load<f32>(dy));
}
