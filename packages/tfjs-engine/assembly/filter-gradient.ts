import { multiplyAdd } from './lanes';
import { firstInside, pastInside } from './outputs-inside';

// Both operands come in panels: all pixels of 4 input channels, or 8 output channels, side by side. So a product of
// two panels reads memory in order, and its 32 sums stay in registers over all output pixels.

const IN: i32 = 4;
const OUT: i32 = 8;

/** Bytes of the source, all of its channels, that are to stay in a cache while they are spread over the panels. */
const PACKED: i32 = 1 << 16;

/**
 * Pixels [rows, columns, channels], as far apart as the two distances in floats say, to panels [channels / width, rows,
 * columns, width]; the last panel is filled up with zeros.
 */
export function packPanels(
  source: usize,
  rows: i32,
  columns: i32,
  rowDistance: i32,
  columnDistance: i32,
  channels: i32,
  width: i32,
  target: usize,
): void {
  const rowBytes = usize(rowDistance) << 2;
  const columnBytes = usize(columnDistance) << 2;
  const bytes = usize(width) << 2;
  const panelBytes = usize(rows) * usize(columns) * bytes;
  const block = max(1, PACKED / ((columns * columnDistance) << 2));
  for (let start = 0; start < rows; start += block) {
    const end = min(start + block, rows);
    let panel = target + usize(start) * usize(columns) * bytes;
    for (let first = 0; first < channels; first += width, panel += panelBytes) {
      const used = usize(min(width, channels - first)) << 2;
      let to = panel;
      for (let row = start; row < end; row++) {
        let from = source + (usize(first) << 2) + usize(row) * rowBytes;
        for (let column = 0; column < columns; column++, from += columnBytes, to += bytes) {
          let i: usize = 0;
          for (; i + 16 <= used; i += 16) v128.store(to + i, v128.load(from + i));
          for (; i < used; i += 4) store<f32>(to + i, load<f32>(from + i));
          for (; i < bytes; i += 4) store<f32>(to + i, 0);
        }
      }
    }
  }
}

/** Bytes of dy, all of its channels, that are to stay in a cache while every panel of x meets them. */
const BLOCK: i32 = 1 << 19;

/**
 * A convolution's gradient towards its filter [filterHeight, filterWidth, inChannels, outChannels], from x in panels of
 * 4 channels and dy in panels of 8. See src/loops/filter-gradient.ts. `target` must hold zeros.
 */
export function filterGradient(
  x: usize,
  dy: usize,
  images: i32,
  inHeight: i32,
  inWidth: i32,
  inChannels: i32,
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
  const xRow = usize(inWidth * IN) << 2;
  const dyRow = usize(outWidth * OUT) << 2;
  const xImage = usize(inHeight) * xRow;
  const dyImage = usize(outHeight) * dyRow;
  const xPanel = usize(images) * xImage;
  const dyPanel = usize(images) * dyImage;
  // Whole images where several fit, else rows of one.
  const rowBytes = (outWidth * outChannels) << 2;
  const blockRows = min(outHeight, max(1, BLOCK / rowBytes));
  const blockImages = blockRows < outHeight ? 1 : max(1, BLOCK / (rowBytes * outHeight));
  for (let image = 0; image < images; image += blockImages) {
    const count = min(blockImages, images - image);
    for (let row = 0; row < outHeight; row += blockRows) {
      let tap = target;
      for (let ky = 0; ky < filterHeight; ky++) {
        const offsetY = ky - padTop;
        const fromY = max(row, firstInside(offsetY, strideHeight, outHeight));
        const pastY = min(row + blockRows, pastInside(offsetY, strideHeight, inHeight, 0, outHeight));
        for (let kx = 0; kx < filterWidth; kx++) {
          const offsetX = kx - padLeft;
          const fromX = firstInside(offsetX, strideWidth, outWidth);
          const pastX = pastInside(offsetX, strideWidth, inWidth, fromX, outWidth);
          const xFirst =
            x +
            usize(image) * xImage +
            usize(fromY * strideHeight + offsetY) * xRow +
            (usize((fromX * strideWidth + offsetX) * IN) << 2);
          const dyFirst = dy + usize(image) * dyImage + usize(fromY) * dyRow + (usize(fromX * OUT) << 2);
          for (let c = 0; c < inChannels; c += IN) {
            for (let k = 0; k < outChannels; k += OUT) {
              tile(
                xFirst + usize(c / IN) * xPanel,
                dyFirst + usize(k / OUT) * dyPanel,
                count,
                pastY - fromY,
                pastX - fromX,
                xImage,
                usize(strideHeight) * xRow,
                usize(strideWidth * IN) << 2,
                dyImage,
                dyRow,
                inChannels - c,
                outChannels - k,
                tap + (usize(c * outChannels + k) << 2),
                usize(outChannels) << 2,
              );
            }
          }
          tap += usize(inChannels * outChannels) << 2;
        }
      }
    }
  }
}

/** One panel of x with one of dy: of the 4 by 8 sums, `inUsed` by `outUsed` are added to the target. */
function tile(
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
  inUsed: i32,
  outUsed: i32,
  target: usize,
  targetRow: usize,
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
      for (let column = 0; column < columns; column++, from += xStep, to += 32) {
        const d0 = v128.load(to);
        const d1 = v128.load(to, 16);
        let a = v128.load32_splat(from);
        s00 = multiplyAdd(a, d0, s00);
        s01 = multiplyAdd(a, d1, s01);
        a = v128.load32_splat(from, 4);
        s10 = multiplyAdd(a, d0, s10);
        s11 = multiplyAdd(a, d1, s11);
        a = v128.load32_splat(from, 8);
        s20 = multiplyAdd(a, d0, s20);
        s21 = multiplyAdd(a, d1, s21);
        a = v128.load32_splat(from, 12);
        s30 = multiplyAdd(a, d0, s30);
        s31 = multiplyAdd(a, d1, s31);
      }
    }
  }
  addRow(target, s00, s01, outUsed);
  if (inUsed > 1) addRow(target + targetRow, s10, s11, outUsed);
  if (inUsed > 2) addRow(target + 2 * targetRow, s20, s21, outUsed);
  if (inUsed > 3) addRow(target + 3 * targetRow, s30, s31, outUsed);
}

/** Adds the first `used` of eight values to those at the target. */
function addRow(target: usize, low: v128, high: v128, used: i32): void {
  if (used >= 8) {
    v128.store(target, f32x4.add(v128.load(target), low));
    v128.store(target, f32x4.add(v128.load(target, 16), high), 16);
    return;
  }
  let rest = low;
  let count = used;
  if (used >= 4) {
    v128.store(target, f32x4.add(v128.load(target), low));
    target += 16;
    rest = high;
    count = used - 4;
  }
  if (count > 0) store<f32>(target, load<f32>(target) + f32x4.extract_lane(rest, 0));
  if (count > 1) store<f32>(target, load<f32>(target, 4) + f32x4.extract_lane(rest, 1), 4);
  if (count > 2) store<f32>(target, load<f32>(target, 8) + f32x4.extract_lane(rest, 2), 8);
}
