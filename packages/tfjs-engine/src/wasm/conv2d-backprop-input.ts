import { backend_util, type TensorInfo } from '@tensorflow/tfjs-core';
import { defineKernel } from '../define-kernel';
import type { Pad, Shape4D } from '../loop-kernels/attributes';
import { padImages } from './pad-images';
import { heapLoops } from './simd/heap-loops';
import { allocate, view, type BackendWasm } from './wasm-backend';

/**
 * One axis of a strided convolution seen from its input. The input positions i with (i + pad) mod stride = phase meet
 * only the filter taps phase, phase + stride, ...; on those positions the gradient is an ordinary stride-1
 * convolution of dy with the taps reversed. (The sub-pixel view of transposed convolution; Shi et al. 2016, section 2.)
 */
interface Phase {
  /** Input positions are first, first + stride, ...: `count` of them. */
  first: number;
  count: number;
  /** Filter taps in the order in which they meet dy from low to high index, i.e. reversed. */
  taps: number[];
  /** Zero padding of dy that lines up output 0 with input position `first`. */
  padBefore: number;
  padAfter: number;
  /** Leading outputs to leave out, where the padding would have been negative. */
  skip: number;
}

function phases(inSize: number, outSize: number, filter: number, stride: number, pad: number): Phase[] {
  const result: Phase[] = [];
  for (let phase = 0; phase < stride; phase++) {
    const taps: number[] = [];
    for (let t = phase; t < filter; t += stride) taps.unshift(t);
    const first = (((phase - pad) % stride) + stride) % stride;
    const count = Math.max(0, Math.ceil((inSize - first) / stride));
    if (count === 0) continue;
    const firstDy = (first + pad - phase) / stride - (taps.length - 1);
    const padBefore = Math.max(0, -firstDy);
    const skip = Math.max(0, firstDy);
    const padAfter = Math.max(0, count + skip - 1 + taps.length - outSize - padBefore);
    result.push({ first, count, taps, padBefore, padAfter, skip });
  }
  return result;
}

/** filter [kh, kw, in, out] to the sub-filter [rows, columns, out, in] of the given taps. */
function subFilter(filter: TensorInfo, rows: number[], columns: number[], backend: BackendWasm): TensorInfo {
  const [, filterWidth, inChannels, outChannels] = filter.shape as Shape4D;
  const slice = inChannels * outChannels;
  const result = allocate(backend, [rows.length, columns.length, outChannels, inChannels]);
  let at = 0;
  for (const ky of rows) {
    for (const kx of columns) {
      const tap = { tensor: filter, at: (ky * filterWidth + kx) * slice };
      heapLoops(backend).transpose(tap, inChannels, outChannels, { tensor: result, at });
      at += slice;
    }
  }
  return result;
}

/** The input's gradient of a convolution (and so the forward pass of a transposed one) as stride * stride convolutions. */
function conv2dBackpropInput(
  dy: TensorInfo,
  filter: TensorInfo,
  inputShape: Shape4D,
  strides: number | [number, number],
  pad: Pad,
  backend: BackendWasm,
): TensorInfo {
  const filterShape = filter.shape as Shape4D;
  const conv = backend_util.computeConv2DInfo(inputShape, filterShape, strides, 1, pad);
  const { inHeight, inWidth, inChannels, outHeight, outWidth, outChannels, strideHeight, strideWidth } = conv;
  const rows = phases(inHeight, outHeight, conv.filterHeight, strideHeight, conv.padInfo.top);
  const columns = phases(inWidth, outWidth, conv.filterWidth, strideWidth, conv.padInfo.left);
  const result = allocate(backend, inputShape);
  // Where the stride skips over taps, there are input positions that no output has seen.
  if ([...rows, ...columns].some(({ taps }) => taps.length === 0)) view(backend, result).fill(0);

  const most = (axis: Phase[], side: 'padBefore' | 'padAfter') => Math.max(...axis.map((phase) => phase[side]));
  const [top, left] = [most(rows, 'padBefore'), most(columns, 'padBefore')];
  const padding = { top, left, bottom: most(rows, 'padAfter'), right: most(columns, 'padAfter') };
  const source = padImages(dy, padding, backend);
  const [, height, width] = source.shape;
  for (const row of rows) {
    for (const column of columns) {
      if (row.taps.length === 0 || column.taps.length === 0) continue;
      const part = subFilter(filter, row.taps, column.taps, backend);
      const first = (top - row.padBefore + row.skip) * width + left - column.padBefore + column.skip;
      const geometry = {
        images: conv.batchSize,
        rows: row.count,
        columns: column.count,
        xImage: height * width * outChannels,
        xRow: width * outChannels,
        xColumn: outChannels,
        yImage: inHeight * inWidth * inChannels,
        yRow: strideHeight * inWidth * inChannels,
        yColumn: strideWidth * inChannels,
        tapRows: row.taps.length,
        tapColumns: 1,
        tapRow: width * outChannels,
        tapColumn: 0,
        runLength: column.taps.length * outChannels,
        outChannels: inChannels,
      };
      heapLoops(backend).convolution({ tensor: source, at: first * outChannels }, part, geometry, {
        tensor: result,
        at: (row.first * inWidth + column.first) * inChannels,
      });
      backend.disposeData(part.dataId);
    }
  }
  if (source !== dy) backend.disposeData(source.dataId);
  return result;
}

export const conv2dBackpropInputKernel = defineKernel(
  'wasm',
  'Conv2DBackpropInput',
  (
    { dy, filter }: { dy: TensorInfo; filter: TensorInfo },
    { strides, pad, inputShape }: { strides: number | [number, number]; pad: Pad; inputShape: Shape4D },
    backend: BackendWasm,
  ) => conv2dBackpropInput(dy, filter, inputShape, strides, pad, backend),
);
