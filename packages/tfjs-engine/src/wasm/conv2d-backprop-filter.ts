import { backend_util, type TensorInfo } from '@tensorflow/tfjs-core';
import { defineKernel } from '../define-kernel';
import { allocate, matMul, view, type BackendWasm } from './wasm-backend';

/** The columns of a convolution are built in slices of at most this many floats (64 MiB). */
const COLUMN_BUDGET = 16 * 1024 * 1024;

type Pad = Parameters<typeof backend_util.computeConv2DInfo>[4];
type Shape4D = [number, number, number, number];

/**
 * The filter's gradient as a matrix product: the columns [kh * kw * in, batch * out pixels] of the padded input, times
 * dy [batch * out pixels, out]. The columns are made transposed, because a plain product is the fast one here.
 */
function conv2dBackpropFilter(
  x: TensorInfo,
  dy: TensorInfo,
  strides: number | [number, number],
  pad: Pad,
  filterShape: Shape4D,
  backend: BackendWasm,
): TensorInfo {
  const conv = backend_util.computeConv2DInfo(
    x.shape as Shape4D,
    filterShape,
    strides,
    1,
    pad,
  );
  const { batchSize, inHeight, inWidth, inChannels, outHeight, outWidth, outChannels } = conv;
  const { filterHeight, filterWidth, strideHeight, strideWidth } = conv;
  const pixels = batchSize * outHeight * outWidth;
  const taps = filterHeight * filterWidth;
  const dyMatrix: TensorInfo = { dataId: dy.dataId, dtype: 'float32', shape: [1, pixels, outChannels] };

  const byChannel = allocate(backend, [inChannels, batchSize * inHeight * inWidth]);
  transpose(view(backend, x), batchSize * inHeight * inWidth, inChannels, view(backend, byChannel));

  const result = allocate(backend, filterShape);
  const tapsPerSlice = Math.max(1, Math.min(taps, Math.floor(COLUMN_BUDGET / (pixels * inChannels))));
  for (let first = 0; first < taps; first += tapsPerSlice) {
    const count = Math.min(tapsPerSlice, taps - first);
    const columns = allocate(backend, [1, count * inChannels, pixels]);
    const source = view(backend, byChannel);
    const target = view(backend, columns);
    for (let t = 0; t < count; t++) {
      const ky = Math.floor((first + t) / filterWidth);
      const kx = (first + t) % filterWidth;
      const offsetY = ky - conv.padInfo.top;
      const offsetX = kx - conv.padInfo.left;
      // The run of output columns whose input column lies inside of the image; the rest reads the zero padding.
      const fromX = Math.min(outWidth, Math.max(0, Math.ceil(-offsetX / strideWidth)));
      const toX = Math.max(fromX, Math.min(outWidth, Math.floor((inWidth - 1 - offsetX) / strideWidth) + 1));
      let at = t * inChannels * pixels;
      for (let row = 0; row < inChannels * batchSize; row++) {
        for (let oy = 0; oy < outHeight; oy++, at += outWidth) {
          const iy = oy * strideHeight + offsetY;
          if (iy < 0 || iy >= inHeight) {
            target.fill(0, at, at + outWidth);
            continue;
          }
          let from = (row * inHeight + iy) * inWidth + offsetX + fromX * strideWidth;
          for (let ox = 0; ox < fromX; ox++) target[at + ox] = 0;
          for (let ox = fromX; ox < toX; ox++, from += strideWidth) target[at + ox] = source[from];
          for (let ox = toX; ox < outWidth; ox++) target[at + ox] = 0;
        }
      }
    }
    const product = matMul(backend, columns, dyMatrix);
    view(backend, result).set(view(backend, product), first * inChannels * outChannels);
    backend.disposeData(columns.dataId);
    backend.disposeData(product.dataId);
  }
  backend.disposeData(byChannel.dataId);
  return result;
}

/** [rows, columns] to [columns, rows] in blocks that stay in the cache. */
export function transpose(source: Float32Array, rows: number, columns: number, target: Float32Array): void {
  const block = 16;
  for (let r0 = 0; r0 < rows; r0 += block) {
    const r1 = Math.min(rows, r0 + block);
    for (let c0 = 0; c0 < columns; c0 += block) {
      const c1 = Math.min(columns, c0 + block);
      for (let c = c0; c < c1; c++) {
        let to = c * rows + r0;
        let from = r0 * columns + c;
        for (let r = r0; r < r1; r++, to++, from += columns) target[to] = source[from];
      }
    }
  }
}

export const conv2dBackpropFilterKernel = defineKernel(
  'wasm',
  'Conv2DBackpropFilter',
  (
    { x, dy }: { x: TensorInfo; dy: TensorInfo },
    { strides, pad, filterShape }: { strides: number | [number, number]; pad: Pad; filterShape: Shape4D },
    backend: BackendWasm,
  ) => conv2dBackpropFilter(x, dy, strides, pad, filterShape, backend),
);
