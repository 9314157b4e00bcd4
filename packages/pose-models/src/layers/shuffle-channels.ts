import * as tfl from '@tensorflow/tfjs-layers';
import { apply } from './apply';
import { concat } from './elementwise';

/**
 * Channel shuffle with two groups of what two branches give (Zhang et al. 2018, "ShuffleNet", section 3.1): channels of
 * both in turn. Two of [N, H, W, C] to [N, H, W, 2C].
 */
export function shuffleChannels(
  first: tfl.SymbolicTensor,
  second: tfl.SymbolicTensor,
  name: string,
): tfl.SymbolicTensor {
  const [, height, width, half] = first.shape as [number, number, number, number];
  let x = concat([first, second], `${name}.concat`);
  x = apply(tfl.layers.reshape({ name: `${name}.groups`, targetShape: [height, width, 2, half] }), x);
  x = apply(tfl.layers.permute({ name: `${name}.permute`, dims: [1, 2, 4, 3] }), x);
  return apply(tfl.layers.reshape({ name: `${name}.channels`, targetShape: [height, width, 2 * half] }), x);
}
