/**
 * Bilinear resizing's gradient: each dy is added to dx at the four pixels that it was interpolated from; dx must come
 * zeroed. Output i lies at (i + shift) * step - shift among the inputs. See src/loops/resize-bilinear-gradient.ts.
 */
export function resizeBilinearGradient(
  dy: usize,
  images: i32,
  inHeight: i32,
  inWidth: i32,
  outHeight: i32,
  outWidth: i32,
  channels: i32,
  stepY: f64,
  stepX: f64,
  shift: f64,
  dx: usize,
): void {
  const bytes = usize(channels) << 2;
  const rowBytes = usize(inWidth) * bytes;
  for (let n = 0; n < images; n++, dx += usize(inHeight) * rowBytes) {
    for (let oy = 0; oy < outHeight; oy++) {
      const y = (f64(oy) + shift) * stepY - shift;
      const low = dx + usize(max(0, i32(floor(y)))) * rowBytes;
      const high = dx + usize(min(inHeight - 1, i32(ceil(y)))) * rowBytes;
      const toHigh = f32(y - floor(y));
      for (let ox = 0; ox < outWidth; ox++, dy += bytes) {
        const x = (f64(ox) + shift) * stepX - shift;
        const left = usize(max(0, i32(floor(x)))) * bytes;
        const right = usize(min(inWidth - 1, i32(ceil(x)))) * bytes;
        const toRight = f32(x - floor(x));
        // One pixel after the other, because the four need not be different ones.
        addWeighted(dy, bytes, (1 - toHigh) * (1 - toRight), low + left);
        addWeighted(dy, bytes, (1 - toHigh) * toRight, low + right);
        addWeighted(dy, bytes, toHigh * (1 - toRight), high + left);
        addWeighted(dy, bytes, toHigh * toRight, high + right);
      }
    }
  }
}

/** Adds a pixel times `weight` to another one. */
function addWeighted(source: usize, bytes: usize, weight: f32, target: usize): void {
  if (weight === 0) return;
  const weights = f32x4.splat(weight);
  let c: usize = 0;
  for (; c + 16 <= bytes; c += 16) {
    v128.store(target + c, f32x4.add(v128.load(target + c), f32x4.mul(v128.load(source + c), weights)));
  }
  for (; c < bytes; c += 4) store<f32>(target + c, load<f32>(target + c) + load<f32>(source + c) * weight);
}
