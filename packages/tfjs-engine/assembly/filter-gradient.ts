// Each sum over the output pixels is kept in registers: 4 input by 8 output channels at a time; what is left over, 1 by 4 and 1 by 1.

/**
 * A convolution's gradient towards its filter [filterHeight, filterWidth, inChannels, outChannels]; `pixel` is the
 * distance of two neighbours in a row of x, in floats. See src/loops/filter-gradient.ts.
 */
export function filterGradient(
  x: usize,
  dy: usize,
  images: i32,
  inHeight: i32,
  inWidth: i32,
  inChannels: i32,
  pixel: i32,
  outHeight: i32,
  outWidth: i32,
  outChannels: i32,
  filterHeight: i32,
  filterWidth: i32,
  strideHeight: i32,
  strideWidth: i32,
  padTop: i32,
  padLeft: i32,
  target: usize,
): void {
  const xPixel = usize(pixel) << 2;
  const xRow = usize(inWidth) * xPixel;
  const dyPixel = usize(outChannels) << 2;
  const dyRow = usize(outWidth) * dyPixel;
  const tapBytes = usize(inChannels) * dyPixel;
  for (let ky = 0; ky < filterHeight; ky++) {
    const offsetY = ky - padTop;
    const fromY = firstInside(offsetY, strideHeight, outHeight);
    const rows = pastInside(offsetY, strideHeight, inHeight, fromY, outHeight) - fromY;
    for (let kx = 0; kx < filterWidth; kx++, target += tapBytes) {
      const offsetX = kx - padLeft;
      const fromX = firstInside(offsetX, strideWidth, outWidth);
      tap(
        x + usize(fromY * strideHeight + offsetY) * xRow + usize(fromX * strideWidth + offsetX) * xPixel,
        dy + usize(fromY) * dyRow + usize(fromX) * dyPixel,
        images,
        rows,
        pastInside(offsetX, strideWidth, inWidth, fromX, outWidth) - fromX,
        usize(inHeight) * xRow,
        usize(strideHeight) * xRow,
        usize(strideWidth) * xPixel,
        usize(outHeight) * dyRow,
        dyRow,
        dyPixel,
        usize(inChannels) << 2,
        target,
      );
    }
  }
}

/** The first output whose input position `at * stride + offset` is not before the image. */
function firstInside(offset: i32, stride: i32, outputs: i32): i32 {
  return offset < 0 ? min(outputs, (stride - 1 - offset) / stride) : 0;
}

/** The output after the last whose input position is inside of the image. */
function pastInside(offset: i32, stride: i32, inputs: i32, first: i32, outputs: i32): i32 {
  return max(first, min(outputs, inputs > offset ? (inputs - 1 - offset) / stride + 1 : 0));
}

/** All pairs of channels at one tap: x and dy begin at the first output pixel whose input is inside of the image. */
function tap(
  x: usize,
  dy: usize,
  images: i32,
  rows: i32,
  columns: i32,
  xImage: usize,
  xRow: usize,
  xStep: usize,
  dyImage: usize,
  dyRow: usize,
  dyPixel: usize,
  inBytes: usize,
  target: usize,
): void {
  const wideIn = inBytes & ~15;
  const wideOut = dyPixel & ~31;
  for (let c: usize = 0; c < wideIn; c += 16) {
    for (let k: usize = 0; k < wideOut; k += 32) {
      const to = target + (c >> 2) * dyPixel + k;
      tile4x8(x + c, dy + k, images, rows, columns, xImage, xRow, xStep, dyImage, dyRow, dyPixel, to);
    }
  }
  for (let c: usize = 0; c < inBytes; c += 4) {
    let k = c < wideIn ? wideOut : 0;
    for (; k + 16 <= dyPixel; k += 16) {
      const to = target + (c >> 2) * dyPixel + k;
      tile1x4(x + c, dy + k, images, rows, columns, xImage, xRow, xStep, dyImage, dyRow, dyPixel, to);
    }
    for (; k < dyPixel; k += 4) {
      const to = target + (c >> 2) * dyPixel + k;
      tile1x1(x + c, dy + k, images, rows, columns, xImage, xRow, xStep, dyImage, dyRow, dyPixel, to);
    }
  }
}

/** 4 input by 8 output channels. */
function tile4x8(
  x: usize,
  dy: usize,
  images: i32,
  rows: i32,
  columns: i32,
  xImage: usize,
  xRow: usize,
  xStep: usize,
  dyImage: usize,
  dyRow: usize,
  dyPixel: usize,
  target: usize,
): void {
  let s00 = f32x4.splat(0);
  let s01 = f32x4.splat(0);
  let s10 = f32x4.splat(0);
  let s11 = f32x4.splat(0);
  let s20 = f32x4.splat(0);
  let s21 = f32x4.splat(0);
  let s30 = f32x4.splat(0);
  let s31 = f32x4.splat(0);
  for (let n = 0; n < images; n++, x += xImage, dy += dyImage) {
    for (let y = 0; y < rows; y++) {
      let from = x + usize(y) * xRow;
      let to = dy + usize(y) * dyRow;
      for (let column = 0; column < columns; column++, from += xStep, to += dyPixel) {
        const d0 = v128.load(to);
        const d1 = v128.load(to, 16);
        let a = v128.load32_splat(from);
        s00 = f32x4.add(s00, f32x4.mul(a, d0));
        s01 = f32x4.add(s01, f32x4.mul(a, d1));
        a = v128.load32_splat(from, 4);
        s10 = f32x4.add(s10, f32x4.mul(a, d0));
        s11 = f32x4.add(s11, f32x4.mul(a, d1));
        a = v128.load32_splat(from, 8);
        s20 = f32x4.add(s20, f32x4.mul(a, d0));
        s21 = f32x4.add(s21, f32x4.mul(a, d1));
        a = v128.load32_splat(from, 12);
        s30 = f32x4.add(s30, f32x4.mul(a, d0));
        s31 = f32x4.add(s31, f32x4.mul(a, d1));
      }
    }
  }
  v128.store(target, s00);
  v128.store(target, s01, 16);
  v128.store(target + dyPixel, s10);
  v128.store(target + dyPixel, s11, 16);
  v128.store(target + 2 * dyPixel, s20);
  v128.store(target + 2 * dyPixel, s21, 16);
  v128.store(target + 3 * dyPixel, s30);
  v128.store(target + 3 * dyPixel, s31, 16);
}

/** 1 input channel by 4 output channels. */
function tile1x4(
  x: usize,
  dy: usize,
  images: i32,
  rows: i32,
  columns: i32,
  xImage: usize,
  xRow: usize,
  xStep: usize,
  dyImage: usize,
  dyRow: usize,
  dyPixel: usize,
  target: usize,
): void {
  let sum = f32x4.splat(0);
  for (let n = 0; n < images; n++, x += xImage, dy += dyImage) {
    for (let y = 0; y < rows; y++) {
      let from = x + usize(y) * xRow;
      let to = dy + usize(y) * dyRow;
      for (let column = 0; column < columns; column++, from += xStep, to += dyPixel) {
        const d = v128.load(to);
        const a = v128.load32_splat(from);
        sum = f32x4.add(sum, f32x4.mul(a, d));
      }
    }
  }
  v128.store(target, sum);
}

/** 1 input channel by 1 output channel. */
function tile1x1(
  x: usize,
  dy: usize,
  images: i32,
  rows: i32,
  columns: i32,
  xImage: usize,
  xRow: usize,
  xStep: usize,
  dyImage: usize,
  dyRow: usize,
  dyPixel: usize,
  target: usize,
): void {
  let sum = f32(0);
  for (let n = 0; n < images; n++, x += xImage, dy += dyImage) {
    for (let y = 0; y < rows; y++) {
      let from = x + usize(y) * xRow;
      let to = dy + usize(y) * dyRow;
      for (let column = 0; column < columns; column++, from += xStep, to += dyPixel) {
        const d = load<f32>(to);
        sum += load<f32>(from) * d;
      }
    }
  }
  store<f32>(target, sum);
}
