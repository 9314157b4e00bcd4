import { multiplyAdd } from './lanes';

/** Output channels per panel of filters. */
const OUT: i32 = 8;
/** Bytes of x that are to stay in a cache while every panel of filters meets them. */
const BLOCK: i32 = 1 << 19;

/**
 * A convolution as sums of products of runs: for each output pixel, `tapRows * tapColumns` runs of `runLength` values of
 * x, each weighted by a row of the filter. Four pixels by eight channels are summed at a time, in registers. All
 * distances are in floats; padding is up to the caller. See src/loops/convolution.ts.
 *
 * @param panels  the filter [tapRows * tapColumns * runLength, outChannels] in panels of eight channels (packPanels)
 * @param bias  what the sums start from, in panels of eight channels as well
 * @param least  smaller sums become this
 */
export function convolution(
  x: usize,
  panels: usize,
  y: usize,
  images: i32,
  rows: i32,
  columns: i32,
  xImage: i32,
  xRow: i32,
  xColumn: i32,
  yImage: i32,
  yRow: i32,
  yColumn: i32,
  tapRows: i32,
  tapColumns: i32,
  tapRow: i32,
  tapColumn: i32,
  runLength: i32,
  outChannels: i32,
  bias: usize,
  least: f32,
): void {
  const floor = f32x4.splat(least);
  const pixels = images * rows * columns;
  const last = pixels - 1;
  const runBytes = usize(runLength) << 2;
  const panelBytes = usize(tapRows * tapColumns) * runBytes * OUT;
  const pixelBytes = max(4, (xImage << 2) / (rows * columns));
  const block = max(4, (BLOCK / pixelBytes) & ~3);
  for (let start = 0; start < pixels; start += block) {
    const end = min(start + block, pixels);
    let filters = panels;
    for (let k = 0; k < outChannels; k += OUT, filters += panelBytes) {
      const used = outChannels - k;
      const target = y + (usize(k) << 2);
      const start0 = v128.load(bias + (usize(k) << 2));
      const start1 = v128.load(bias + (usize(k) << 2), 16);
      for (let first = start; first < end; first += 4) {
        // Beyond the end, the last pixel again.
        const p1 = min(first + 1, last);
        const p2 = min(first + 2, last);
        const p3 = min(first + 3, last);
        const x0 = x + at(first, rows, columns, xImage, xRow, xColumn);
        const x1 = x + at(p1, rows, columns, xImage, xRow, xColumn);
        const x2 = x + at(p2, rows, columns, xImage, xRow, xColumn);
        const x3 = x + at(p3, rows, columns, xImage, xRow, xColumn);
        let s00 = start0;
        let s01 = start1;
        let s10 = start0;
        let s11 = start1;
        let s20 = start0;
        let s21 = start1;
        let s30 = start0;
        let s31 = start1;
        let filter = filters;
        for (let tapY = 0; tapY < tapRows; tapY++) {
          for (let tapX = 0; tapX < tapColumns; tapX++) {
            // A pointer of its own for each pixel: V8 before Node 24 is twice as slow with one index for all.
            const tap = usize(tapY * tapRow + tapX * tapColumn) << 2;
            let from0 = x0 + tap;
            let from1 = x1 + tap;
            let from2 = x2 + tap;
            let from3 = x3 + tap;
            for (const past = from0 + runBytes; from0 < past; filter += OUT << 2) {
              const f0 = v128.load(filter);
              const f1 = v128.load(filter, 16);
              let a = v128.load32_splat(from0);
              s00 = multiplyAdd(a, f0, s00);
              s01 = multiplyAdd(a, f1, s01);
              a = v128.load32_splat(from1);
              s10 = multiplyAdd(a, f0, s10);
              s11 = multiplyAdd(a, f1, s11);
              a = v128.load32_splat(from2);
              s20 = multiplyAdd(a, f0, s20);
              s21 = multiplyAdd(a, f1, s21);
              a = v128.load32_splat(from3);
              s30 = multiplyAdd(a, f0, s30);
              s31 = multiplyAdd(a, f1, s31);
              from0 += 4;
              from1 += 4;
              from2 += 4;
              from3 += 4;
            }
          }
        }
        storeRow(
          target + at(first, rows, columns, yImage, yRow, yColumn),
          f32x4.max(s00, floor),
          f32x4.max(s01, floor),
          used,
        );
        storeRow(
          target + at(p1, rows, columns, yImage, yRow, yColumn),
          f32x4.max(s10, floor),
          f32x4.max(s11, floor),
          used,
        );
        storeRow(
          target + at(p2, rows, columns, yImage, yRow, yColumn),
          f32x4.max(s20, floor),
          f32x4.max(s21, floor),
          used,
        );
        storeRow(
          target + at(p3, rows, columns, yImage, yRow, yColumn),
          f32x4.max(s30, floor),
          f32x4.max(s31, floor),
          used,
        );
      }
    }
  }
}

/** Byte offset of a pixel, counted through images, rows and columns. */
function at(pixel: i32, rows: i32, columns: i32, image: i32, row: i32, column: i32): usize {
  const line = pixel / columns;
  const n = line / rows;
  return usize(n * image + (line - n * rows) * row + (pixel - line * columns) * column) << 2;
}

/** Stores the first `used` of eight values. */
function storeRow(target: usize, low: v128, high: v128, used: i32): void {
  if (used >= 8) {
    v128.store(target, low);
    v128.store(target, high, 16);
    return;
  }
  let rest = low;
  let count = used;
  if (used >= 4) {
    v128.store(target, low);
    target += 16;
    rest = high;
    count = used - 4;
  }
  if (count > 0) store<f32>(target, f32x4.extract_lane(rest, 0));
  if (count > 1) store<f32>(target, f32x4.extract_lane(rest, 1), 4);
  if (count > 2) store<f32>(target, f32x4.extract_lane(rest, 2), 8);
}
