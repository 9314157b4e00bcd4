/**
 * One filter tap's view of images [images, inHeight, inWidth]: target [images, outHeight, outWidth] gets the pixel
 * (oy * strideHeight + offsetY, ox * strideWidth + offsetX), or zero outside; see src/loops/tap-columns.ts.
 */
export function tapColumns(
  source: usize,
  images: i32,
  inHeight: i32,
  inWidth: i32,
  outHeight: i32,
  outWidth: i32,
  strideHeight: i32,
  strideWidth: i32,
  offsetY: i32,
  offsetX: i32,
  target: usize,
): void {
  // The run of output columns whose input column lies inside of the image.
  const fromX = offsetX < 0 ? min(outWidth, (strideWidth - 1 - offsetX) / strideWidth) : 0;
  const insideX = inWidth > offsetX ? (inWidth - 1 - offsetX) / strideWidth + 1 : 0;
  const toX = max(fromX, min(outWidth, insideX));
  const run = toX - fromX;
  const runStart = offsetX + fromX * strideWidth;
  let to = target;
  for (let image = 0; image < images; image++) {
    for (let oy = 0; oy < outHeight; oy++) {
      const iy = oy * strideHeight + offsetY;
      if (iy < 0 || iy >= inHeight) {
        to = zero(to, outWidth);
        continue;
      }
      const from = source + (usize((image * inHeight + iy) * inWidth + runStart) << 2);
      to = zero(to, fromX);
      if (strideWidth === 1) copy(from, to, run);
      else if (strideWidth === 2) copyEverySecond(from, to, run);
      else copyStrided(from, to, run, strideWidth);
      to += usize(run) << 2;
      to = zero(to, outWidth - toX);
    }
  }
}

/** Writes `count` zeros and returns the address after them. */
function zero(to: usize, count: i32): usize {
  const end = to + (usize(count) << 2);
  for (; to + 16 <= end; to += 16) v128.store(to, f32x4.splat(0));
  for (; to < end; to += 4) store<f32>(to, 0);
  return end;
}

function copy(from: usize, to: usize, count: i32): void {
  const end = to + (usize(count) << 2);
  for (; to + 16 <= end; to += 16, from += 16) v128.store(to, v128.load(from));
  for (; to < end; to += 4, from += 4) store<f32>(to, load<f32>(from));
}

/** The second load begins one value early, so that nothing is read beyond the last value that is needed. */
function copyEverySecond(from: usize, to: usize, count: i32): void {
  const end = to + (usize(count) << 2);
  for (; to + 16 <= end; to += 16, from += 32) {
    v128.store(to, i32x4.shuffle(v128.load(from), v128.load(from, 12), 0, 2, 5, 7));
  }
  for (; to < end; to += 4, from += 8) store<f32>(to, load<f32>(from));
}

function copyStrided(from: usize, to: usize, count: i32, stride: i32): void {
  const end = to + (usize(count) << 2);
  for (; to < end; to += 4, from += usize(stride) << 2) store<f32>(to, load<f32>(from));
}
