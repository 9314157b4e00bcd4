import type { Value } from '../../graph/graph';
import type { OnnxWriter } from '../onnx-writer';

type Pair = readonly [height: number, width: number];

/** Beyond so many columns, most of what the products below multiply by is zeros, and they are no longer faster. */
const MOST_COLUMNS = 64;

/**
 * The size of the blocks, side by side, that each pixel of small NCHW images stands for in large ones; undefined where
 * they do not fill those, and where other operators are faster: on GPUs, and for many columns.
 */
export function blockSize(small: Value, large: Value, { provider }: OnnxWriter): Pair | undefined {
  const [height, width] = [2, 3].map((axis) => large.shape[axis] / small.shape[axis]);
  if (provider !== 'cpu' || small.shape[3] > MOST_COLUMNS) return undefined;
  return Number.isInteger(height) && Number.isInteger(width) ? [height, width] : undefined;
}

/**
 * Of large NCHW images, the sum of each block times a factor: the product of a block's rows, side by side, with a matrix.
 * ONNX Runtime computes that in a fraction of the time that its pooling and sums over such axes take.
 */
export function sumOfBlocks(large: string, small: Value, block: Pair, factor: number, onnx: OnnxWriter): string {
  const columns = small.shape[3];
  const rows = onnx.reshape(large, [-1, block[0] * columns * block[1]]);
  return onnx.reshape(onnx.node('MatMul', [rows, toBlocks(columns, block, factor, small, onnx)]), small.shape);
}

/** The other way: large NCHW images, each block of the small image's pixel times a factor. */
export function spreadOverBlocks(small: string, large: Value, block: Pair, factor: number, onnx: OnnxWriter): string {
  const columns = large.shape[3] / block[1];
  const matrix = onnx.transpose(toBlocks(columns, block, factor, large, onnx), [1, 0]);
  return onnx.reshape(onnx.node('MatMul', [onnx.reshape(small, [-1, columns]), matrix]), large.shape);
}

/** [pixels of a row of blocks, blocks]: the factor where a pixel is of a block, else 0. Of a value's type. */
function toBlocks(columns: number, block: Pair, factor: number, like: Value, onnx: OnnxWriter): string {
  const [height, width] = block;
  return onnx.once(`to blocks ${columns} ${block.join()} ${factor} ${like.dtype}`, () => {
    const pixels = height * columns * width;
    const matrix = new Float32Array(pixels * columns);
    for (let pixel = 0; pixel < pixels; pixel++) {
      matrix[pixel * columns + Math.floor((pixel % (columns * width)) / width)] = factor;
    }
    return onnx.floats([pixels, columns], matrix, like);
  });
}
