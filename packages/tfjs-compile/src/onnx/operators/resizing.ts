import type { Operation } from '../../graph/graph';
import type { Emit, OnnxWriter } from '../onnx-writer';
import { blockSize, sumOfBlocks } from './pixel-blocks';
import { bilinearMatrix, nearestMatrix, type Sampling } from './resize-matrices';

/** Resizing of NCHW images: along each axis a product with a matrix, whose transpose is the way back. */
export const RESIZING: Readonly<Record<string, Emit>> = {
  ResizeBilinear: (operation, onnx) => resized(operation, onnx, bilinearMatrix),
  ResizeBilinearGrad: (operation, onnx) => resizedBack(operation, onnx, bilinearMatrix),
  ResizeNearestNeighbor: (operation, onnx) => {
    const factors = factorsOf(operation);
    if (!factors) return resized(operation, onnx, nearestMatrix);
    const { images } = operation.inputs;
    if (onnx.provider === 'cpu') return repeated(onnx.nameOf(images), factors, onnx);
    const [count, channels, height, width] = images.shape;
    const apart = onnx.reshape(onnx.nameOf(images), [count, channels, height, 1, width, 1]);
    const shape = onnx.ints([count, channels, height, factors[0], width, factors[1]]);
    return onnx.reshape(onnx.node('Expand', [apart, shape]), operation.outputs[0].shape);
  },
  ResizeNearestNeighborGrad: (operation, onnx) => {
    const factors = factorsOf(operation);
    if (!factors) return resizedBack(operation, onnx, nearestMatrix);
    const [output] = operation.outputs;
    const { dy } = operation.inputs;
    const block = blockSize(output, dy, onnx);
    if (block) return sumOfBlocks(onnx.nameOf(dy), output, block, 1, onnx);
    const [count, channels, height, width] = output.shape;
    const shape = [count, channels, height, factors[0], width, factors[1]];
    const blocks = onnx.reshape(onnx.nameOf(dy), shape);
    return onnx.node('ReduceSum', [blocks, onnx.ints([3, 5])], { keepdims: 0 });
  },
};

/** Each pixel so many times: on the CPU a tenth of Expand's time. */
function repeated(images: string, [rows, columns]: readonly [number, number], onnx: OnnxWriter): string {
  const scales = onnx.constant('float32', [4], Float32Array.of(1, 1, rows, columns));
  const attributes = { mode: 'nearest', coordinate_transformation_mode: 'asymmetric', nearest_mode: 'floor' };
  return onnx.node('Resize', [images, '', scales], attributes);
}

type Matrix = typeof bilinearMatrix;

/** The whole numbers of times that each row and column is repeated, if it is so. */
function factorsOf({ inputs, outputs, attributes }: Operation): [number, number] | undefined {
  const small = inputs['images'].shape.slice(2);
  const large = (inputs['dy'] ?? outputs[0]).shape.slice(2);
  const [rows, columns] = large.map((size, i) => size / small[i]);
  const isWhole = !attributes['alignCorners'] && Number.isInteger(rows) && Number.isInteger(columns);
  return isWhole ? [rows, columns] : undefined;
}

function resized(
  { inputs: { images }, outputs: [output], attributes }: Operation,
  onnx: OnnxWriter,
  matrix: Matrix,
): string {
  const [, , height, width] = images.shape;
  const [, , outHeight, outWidth] = output.shape;
  const sampling = attributes as unknown as Sampling;
  const rows = onnx.floats([outHeight, height], matrix(height, outHeight, sampling), images);
  const columns = onnx.floats([outWidth, width], matrix(width, outWidth, sampling), images);
  return onnx.node('MatMul', [rows, onnx.node('MatMul', [onnx.nameOf(images), onnx.transpose(columns, [1, 0])])]);
}

function resizedBack(
  { inputs: { dy }, outputs: [output], attributes }: Operation,
  onnx: OnnxWriter,
  matrix: Matrix,
): string {
  const [, , height, width] = output.shape;
  const [, , outHeight, outWidth] = dy.shape;
  const sampling = attributes as unknown as Sampling;
  const rows = onnx.constant('float32', [outHeight, height], matrix(height, outHeight, sampling));
  const columns = onnx.constant('float32', [outWidth, width], matrix(width, outWidth, sampling));
  return onnx.node('MatMul', [onnx.transpose(rows, [1, 0]), onnx.node('MatMul', [onnx.nameOf(dy), columns])]);
}
