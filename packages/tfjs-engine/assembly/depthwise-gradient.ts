// A depthwise convolution's gradients where each input channel has one output channel; see
// src/loops/depthwise-gradient.ts. Channels are taken 16 at a time, then 4, then one by one. Of each axis' stride and
// dilation, one must be 1.
import { multiplyAdd } from './lanes';
import { firstInside, pastInside } from './outputs-inside';

/**
 * Towards its input: each pixel of dx is the sum over the outputs that saw it, so dx needs not be cleared. Along an
 * axis these are the taps first, first + stride, ... with the outputs at, at - dilation, ...
 */
export function depthwiseInputGradient(
  dy: usize,
  filter: usize,
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
  dilationHeight: i32,
  dilationWidth: i32,
  padTop: i32,
  padLeft: i32,
  dx: usize,
): void {
  const bytes = usize(channels) << 2;
  const filterRow = usize(filterWidth) * bytes;
  const dyRow = usize(outWidth) * bytes;
  // From one tap that sees a pixel to the next.
  const tapRow = usize(strideHeight) * filterRow;
  const tapColumn = usize(strideWidth) * bytes;
  const backRow = usize(dilationHeight) * dyRow;
  const backColumn = usize(dilationWidth) * bytes;
  for (let n = 0; n < images; n++, dy += usize(outHeight) * dyRow) {
    for (let y = 0; y < inHeight; y++) {
      const tapY = (y + padTop) % strideHeight;
      const atY = (y + padTop) / strideHeight;
      const fromRow = firstSeen(atY, dilationHeight, outHeight);
      const rows = pastSeen(atY, dilationHeight, tapY, strideHeight, filterHeight, fromRow) - fromRow;
      const rowTap = filter + usize(tapY + fromRow * strideHeight) * filterRow;
      const rowDy = dy + usize(atY - fromRow * dilationHeight) * dyRow;
      for (let x = 0; x < inWidth; x++, dx += bytes) {
        const tapX = (x + padLeft) % strideWidth;
        const atX = (x + padLeft) / strideWidth;
        const fromColumn = firstSeen(atX, dilationWidth, outWidth);
        const columns = pastSeen(atX, dilationWidth, tapX, strideWidth, filterWidth, fromColumn) - fromColumn;
        const tap = rowTap + usize(tapX + fromColumn * strideWidth) * bytes;
        const at = rowDy + usize(atX - fromColumn * dilationWidth) * bytes;
        let c: usize = 0;
        for (; c + 64 <= bytes; c += 64) {
          let s0 = f32x4.splat(0);
          let s1 = s0;
          let s2 = s0;
          let s3 = s0;
          for (let row = 0; row < rows; row++) {
            let f = tap + c + usize(row) * tapRow;
            let d = at + c - usize(row) * backRow;
            for (let column = 0; column < columns; column++, f += tapColumn, d -= backColumn) {
              s0 = multiplyAdd(v128.load(d), v128.load(f), s0);
              s1 = multiplyAdd(v128.load(d, 16), v128.load(f, 16), s1);
              s2 = multiplyAdd(v128.load(d, 32), v128.load(f, 32), s2);
              s3 = multiplyAdd(v128.load(d, 48), v128.load(f, 48), s3);
            }
          }
          v128.store(dx + c, s0);
          v128.store(dx + c, s1, 16);
          v128.store(dx + c, s2, 32);
          v128.store(dx + c, s3, 48);
        }
        for (; c + 16 <= bytes; c += 16) {
          let sum = f32x4.splat(0);
          for (let row = 0; row < rows; row++) {
            let f = tap + c + usize(row) * tapRow;
            let d = at + c - usize(row) * backRow;
            for (let column = 0; column < columns; column++, f += tapColumn, d -= backColumn) {
              sum = multiplyAdd(v128.load(d), v128.load(f), sum);
            }
          }
          v128.store(dx + c, sum);
        }
        for (; c < bytes; c += 4) {
          let sum: f32 = 0;
          for (let row = 0; row < rows; row++) {
            let f = tap + c + usize(row) * tapRow;
            let d = at + c - usize(row) * backRow;
            for (let column = 0; column < columns; column++, f += tapColumn, d -= backColumn) {
              sum += load<f32>(d) * load<f32>(f);
            }
          }
          store<f32>(dx + c, sum);
        }
      }
    }
  }
}

/** The first i whose output at - i * dilation is not behind the last one. */
function firstSeen(at: i32, dilation: i32, outputs: i32): i32 {
  return at < outputs ? 0 : (at - outputs) / dilation + 1;
}

/** The i after the last with an output at - i * dilation that is not before the first, and a tap + i * stride. */
function pastSeen(at: i32, dilation: i32, tap: i32, stride: i32, taps: i32, first: i32): i32 {
  return max(first, min(at / dilation + 1, (taps - tap + stride - 1) / stride));
}

/** Towards its filter. The sums over one row of outputs stay in registers; then they are added to the filter's. */
export function depthwiseFilterGradient(
  x: usize,
  dy: usize,
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
  dilationHeight: i32,
  dilationWidth: i32,
  padTop: i32,
  padLeft: i32,
  dFilter: usize,
): void {
  const bytes = usize(channels) << 2;
  const step = usize(strideWidth) * bytes;
  memory.fill(dFilter, 0, usize(filterHeight * filterWidth) * bytes);
  for (let n = 0; n < images; n++) {
    for (let oy = 0; oy < outHeight; oy++) {
      const dyRow = dy + usize((n * outHeight + oy) * outWidth) * bytes;
      for (let ky = 0; ky < filterHeight; ky++) {
        const iy = oy * strideHeight - padTop + ky * dilationHeight;
        if (iy < 0 || iy >= inHeight) continue;
        const xRow = x + usize((n * inHeight + iy) * inWidth) * bytes;
        for (let kx = 0; kx < filterWidth; kx++) {
          const offset = kx * dilationWidth - padLeft;
          const from = firstInside(offset, strideWidth, outWidth);
          const past = pastInside(offset, strideWidth, inWidth, from, outWidth);
          if (from >= past) continue;
          addRow(
            xRow + usize(from * strideWidth + offset) * bytes,
            dyRow + usize(from) * bytes,
            past - from,
            bytes,
            step,
            dFilter + usize(ky * filterWidth + kx) * bytes,
          );
        }
      }
    }
  }
}

/** Adds the sums over `count` pixels of x, `step` bytes apart, times those of dy to one tap of all channels. */
function addRow(x: usize, dy: usize, count: i32, bytes: usize, step: usize, tap: usize): void {
  let c: usize = 0;
  for (; c + 64 <= bytes; c += 64) {
    let s0 = f32x4.splat(0);
    let s1 = s0;
    let s2 = s0;
    let s3 = s0;
    let from = x + c;
    let to = dy + c;
    for (let i = 0; i < count; i++, from += step, to += bytes) {
      s0 = multiplyAdd(v128.load(from), v128.load(to), s0);
      s1 = multiplyAdd(v128.load(from, 16), v128.load(to, 16), s1);
      s2 = multiplyAdd(v128.load(from, 32), v128.load(to, 32), s2);
      s3 = multiplyAdd(v128.load(from, 48), v128.load(to, 48), s3);
    }
    v128.store(tap + c, f32x4.add(v128.load(tap + c), s0));
    v128.store(tap + c, f32x4.add(v128.load(tap + c, 16), s1), 16);
    v128.store(tap + c, f32x4.add(v128.load(tap + c, 32), s2), 32);
    v128.store(tap + c, f32x4.add(v128.load(tap + c, 48), s3), 48);
  }
  for (; c + 16 <= bytes; c += 16) {
    let sum = f32x4.splat(0);
    let from = x + c;
    let to = dy + c;
    for (let i = 0; i < count; i++, from += step, to += bytes) {
      sum = multiplyAdd(v128.load(from), v128.load(to), sum);
    }
    v128.store(tap + c, f32x4.add(v128.load(tap + c), sum));
  }
  for (; c < bytes; c += 4) {
    let sum: f32 = 0;
    let from = x + c;
    let to = dy + c;
    for (let i = 0; i < count; i++, from += step, to += bytes) sum += load<f32>(from) * load<f32>(to);
    store<f32>(tap + c, load<f32>(tap + c) + sum);
  }
}
