import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { apply } from './apply';
import { concat } from './elementwise';

/** Channels `start` to `start + size`: [N, H, W, C] to [N, H, W, size]. */
export function sliceChannels(x: tfl.SymbolicTensor, name: string, start: number, size: number): tfl.SymbolicTensor {
  const rest = x.shape[3]! - start - size;
  // tf.layers has no layer that slices; told that channels come first, this one crops the last two axes.
  const cropping: [[number, number], [number, number]] = [
    [0, 0],
    [start, rest],
  ];
  const layer = tfl.layers.cropping2D({ name, cropping, dataFormat: 'channelsFirst' });
  // Its own call slices twice, the first time all of it.
  layer.call = (inputs) => {
    const image = (Array.isArray(inputs) ? inputs[0] : inputs) as tf.Tensor4D;
    return tf.slice4d(image, [0, 0, 0, start], [-1, -1, -1, size]);
  };
  return apply(layer, x);
}

/** torch.split along the channels: [N, H, W, C] to a [N, H, W, size] for each size; these add up to C. */
export function splitChannels(x: tfl.SymbolicTensor, name: string, sizes: readonly number[]): tfl.SymbolicTensor[] {
  let start = 0;
  return sizes.map((size, i) => {
    const part = sliceChannels(x, `${name}.${i}`, start, size);
    start += size;
    return part;
  });
}

/** torch.chunk into two: [N, H, W, C] to two of [N, H, W, C / 2]. */
export function halves(x: tfl.SymbolicTensor, name: string): [first: tfl.SymbolicTensor, second: tfl.SymbolicTensor] {
  const half = x.shape[3]! / 2;
  const [first, second] = splitChannels(x, name, [half, half]);
  return [first, second];
}

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
