import * as tf from '@tensorflow/tfjs-core';
import type { FusedNetwork } from '@pose/pose-models';
import { inputTensor } from './input-tensor';

/**
 * Runs a network in inference mode and downloads some of its outputs.
 *
 * @param input    Float32 [batch, height, width, 3], normalised RGB
 * @param outputs  places among the network's outputs
 * @param prepare  what to do with the images [batch, height, width, 3] first; default nothing
 * @returns each of these outputs, in that order
 */
export function predictOutputs(
  network: Pick<FusedNetwork, 'inputs' | 'apply'>,
  input: Float32Array,
  outputs: readonly number[],
  prepare?: (images: tf.Tensor4D) => tf.Tensor4D,
): Float32Array[] {
  // Not what tidy returns: tidy looks for tensors in it, value by value.
  let values: Float32Array[] = [];
  tf.tidy(() => {
    const images = inputTensor(network, input);
    const all = network.apply(prepare ? prepare(images) : images) as tf.Tensor | tf.Tensor[];
    values = outputs.map((place) => (Array.isArray(all) ? all[place] : all).dataSync() as Float32Array);
  });
  return values;
}
