import { backend_util, type TensorInfo } from '@tensorflow/tfjs-core';
import { defineKernel } from '../define-kernel';
import { heapLoops } from './simd/heap-loops';
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
  const conv = backend_util.computeConv2DInfo(x.shape as Shape4D, filterShape, strides, 1, pad);
  const { batchSize, inHeight, inWidth, inChannels, outHeight, outWidth, outChannels } = conv;
  const { filterHeight, filterWidth, strideHeight, strideWidth } = conv;
  const pixels = batchSize * outHeight * outWidth;
  const taps = filterHeight * filterWidth;
  const dyMatrix: TensorInfo = { dataId: dy.dataId, dtype: 'float32', shape: [1, pixels, outChannels] };

  const loops = heapLoops(backend);
  const byChannel = allocate(backend, [inChannels, batchSize * inHeight * inWidth]);
  const inPixels = batchSize * inHeight * inWidth;
  loops.transpose({ tensor: x, at: 0 }, inPixels, inChannels, { tensor: byChannel, at: 0 });

  const result = allocate(backend, filterShape);
  const tapsPerSlice = Math.max(1, Math.min(taps, Math.floor(COLUMN_BUDGET / (pixels * inChannels))));
  for (let first = 0; first < taps; first += tapsPerSlice) {
    const count = Math.min(tapsPerSlice, taps - first);
    const columns = allocate(backend, [1, count * inChannels, pixels]);
    for (let t = 0; t < count; t++) {
      const tap = {
        images: inChannels * batchSize,
        inHeight,
        inWidth,
        outHeight,
        outWidth,
        strideHeight,
        strideWidth,
        offsetY: Math.floor((first + t) / filterWidth) - conv.padInfo.top,
        offsetX: ((first + t) % filterWidth) - conv.padInfo.left,
      };
      loops.tapColumns(byChannel, tap, { tensor: columns, at: t * inChannels * pixels });
    }
    const product = matMul(backend, columns, dyMatrix);
    view(backend, result).set(view(backend, product), first * inChannels * outChannels);
    backend.disposeData(columns.dataId);
    backend.disposeData(product.dataId);
  }
  backend.disposeData(byChannel.dataId);
  return result;
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
