import type * as tfl from '@tensorflow/tfjs-layers';
import { separableConv } from './separable-conv';

/**
 * To the branches of the next stage: one whose width changes passes a separable convolution, a new one at half the
 * resolution comes from the lowest so far, the others stay.
 *
 * @param branches  [N, H, W, C] each, from high to low resolution
 * @param widths    of the next stage's branches; at most one more
 */
export function transition(
  branches: readonly tfl.SymbolicTensor[],
  name: string,
  widths: readonly number[],
): tfl.SymbolicTensor[] {
  return widths.map((width, i) => {
    if (i === branches.length) {
      return separableConv(branches[i - 1], `${name}.${i}.0`, width, { strides: 2, activate: true });
    }
    if (branches[i].shape[3] === width) return branches[i];
    return separableConv(branches[i], `${name}.${i}`, width, { strides: 1, activate: true });
  });
}
