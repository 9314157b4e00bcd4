import * as tf from '@tensorflow/tfjs-core';
import type { FusedNetwork } from '@pose/pose-models';
import { inputTensor } from './input-tensor';
import type { Output } from './output';

/**
 * Runs a network in inference mode and downloads some of its outputs.
 *
 * @param input    Float32 [batch, height, width, 3], normalised RGB
 * @param outputs  places among the network's outputs
 * @param prepare  what to do with the images [batch, height, width, 3] first; default nothing
 * @returns each of these outputs, in that order
 */
export async function predictOutputs(
  network: Pick<FusedNetwork, 'inputs' | 'apply'>,
  input: Float32Array,
  outputs: readonly number[],
  prepare?: (images: tf.Tensor4D) => tf.Tensor4D,
): Promise<Output[]> {
  const tensors = tf.tidy(() => {
    const images = inputTensor(network, input);
    const all = network.apply(prepare ? prepare(images) : images) as tf.Tensor | tf.Tensor[];
    return outputs.map((place) => (Array.isArray(all) ? all[place] : all));
  });
  try {
    const values = await Promise.all(tensors.map((tensor) => tensor.data<'float32'>()));
    return values.map((numbers, i) => ({ values: numbers, shape: tensors[i].shape }));
  } finally {
    tf.dispose(tensors);
  }
}
