import { batchToSpaceND, spaceToBatchND, type Tensor4D } from '@tensorflow/tfjs-core';

/** Sizes of a dilated convolution of stride 1, as tfjs' `backend_util.computeConv2DInfo` names them. */
export interface DilatedConvolution {
  outHeight: number;
  outWidth: number;
  dilationHeight: number;
  dilationWidth: number;
  padInfo: { top: number; bottom: number; left: number; right: number };
}

/**
 * A dilated convolution of stride 1 as an undilated one: every d-th pixel, starting at each of the d * d first ones, is
 * an image of its own, over which the filter's taps lie side by side. ("Space to batch", as TensorFlow does where a
 * kernel knows no dilation.)
 */
export interface DilatedGrid {
  /** The padded input as d * d times as many images. An undilated 'valid' convolution takes them to `splitOutput(y)`. */
  splitInput(x: Tensor4D): Tensor4D;
  splitOutput(y: Tensor4D): Tensor4D;
  /** The ways back: without the padding, and without the pixels that filled up the last images. */
  joinInput(x: Tensor4D): Tensor4D;
  joinOutput(y: Tensor4D): Tensor4D;
}

export function dilatedGrid(convolution: DilatedConvolution): DilatedGrid {
  const { outHeight, outWidth, dilationHeight, dilationWidth, padInfo } = convolution;
  const block = [dilationHeight, dilationWidth];
  // Outputs that fill up the last image of each d; the input gets as many more pixels.
  const [moreRows, moreColumns] = [fillUp(outHeight, dilationHeight), fillUp(outWidth, dilationWidth)];
  const outputs = [
    [0, moreRows],
    [0, moreColumns],
  ];
  const inputs = [
    [padInfo.top, padInfo.bottom + moreRows],
    [padInfo.left, padInfo.right + moreColumns],
  ];
  return {
    splitInput: (x) => spaceToBatchND(x, block, inputs),
    splitOutput: (y) => spaceToBatchND(y, block, outputs),
    joinInput: (x) => batchToSpaceND(x, block, inputs),
    joinOutput: (y) => batchToSpaceND(y, block, outputs),
  };
}

function fillUp(size: number, multiple: number): number {
  return (multiple - (size % multiple)) % multiple;
}
