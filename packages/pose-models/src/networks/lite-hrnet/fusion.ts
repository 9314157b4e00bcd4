import type * as tfl from '@tensorflow/tfjs-layers';
import { conv } from '../../layers/convolution';
import { add, batchNorm, relu, upsampleNearest } from '../../layers/elementwise';
import { separableConv } from './separable-conv';

/** What a batch norm keeps of its running values in two updates of one step, 0.9 * 0.9. */
const TWO_UPDATES = 0.81;

/**
 * Multi-resolution fusion as published, which is not the plain sum of the paper: the sum starts with branch 0's term,
 * adds it again, and is taken in place on branch 0's tensor. With o_j the branches and F(i, j) the way from j to i,
 *
 *     A = 2 o_0 + sum over j > 0 of F(0, j)(o_j), output 0 = ReLU(A),
 *     output i = ReLU(2 F(i, 0)(A) + o_i + sum over other j > 0 of F(i, j)(o_j)).
 *
 * F(i, 0) runs twice there, on one input: here once, with the batch statistics counted twice.
 *
 * @param branches  [N, H, W, C] each, from high to low resolution, each half the one before
 * @returns of the same shapes
 */
export function fusion(branches: readonly tfl.SymbolicTensor[], name: string): tfl.SymbolicTensor[] {
  let first = branches[0];
  return branches.map((own, i) => {
    const terms = branches.map((x, j) => {
      if (j === i) return j === 0 ? first : own;
      if (j > i) return upwards(x, `${name}.${i}.${j}`, own.shape[3]!, 2 ** (j - i));
      return downwards(
        j === 0 ? first : x,
        `${name}.${i}.${j}`,
        own.shape[3]!,
        i - j,
        j === 0 ? TWO_UPDATES : undefined,
      );
    });
    const sum = add([terms[0], ...terms], `${name}.${i}.add`);
    if (i === 0) first = sum;
    return relu(sum, `${name}.${i}.relu`);
  });
}

/** The convolutions of `fusion` that the published code runs twice, by their name under it. */
export const FUSION_TWICE = /\.fuse_layers\.[1-9]\d*\.0\.\d+\.[02]$/;

/** To a higher resolution: 1x1 convolution, batch norm, repeated pixels. */
function upwards(x: tfl.SymbolicTensor, name: string, width: number, factor: number): tfl.SymbolicTensor {
  const y = batchNorm(conv(x, `${name}.0`, width, 1), `${name}.1`);
  return upsampleNearest(y, `${name}.2`, factor);
}

/** To a lower resolution in strided steps; only the last changes the width, only the others have a ReLU. */
function downwards(
  x: tfl.SymbolicTensor,
  name: string,
  width: number,
  steps: number,
  momentum?: number,
): tfl.SymbolicTensor {
  let y = x;
  for (let step = 0; step < steps; step++) {
    const isLast = step === steps - 1;
    const filters = isLast ? width : x.shape[3]!;
    y = separableConv(y, `${name}.${step}`, filters, { strides: 2, activate: !isLast, momentum });
  }
  return y;
}
