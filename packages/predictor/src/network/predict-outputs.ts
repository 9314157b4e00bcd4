import * as tf from '@tensorflow/tfjs-core';
import type { PredictingNetwork } from './compiled-network';
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
  network: Pick<PredictingNetwork, 'inputs' | 'apply' | 'run'>,
  input: Float32Array,
  outputs: readonly number[],
  prepare?: (images: tf.Tensor4D) => tf.Tensor4D,
): Promise<Output[]> {
  const images = tf.tidy(() => {
    const given = inputTensor(network, input);
    return prepare ? prepare(given) : given;
  });
  let all: tf.Tensor[] = [];
  try {
    all = network.run
      ? await network.run(images)
      : tf.tidy(() => [network.apply(images) as tf.Tensor | tf.Tensor[]].flat());
    const tensors = outputs.map((place) => all[place]);
    const values = await Promise.all(tensors.map((tensor) => tensor.data<'float32'>()));
    return values.map((numbers, i) => ({ values: numbers, shape: tensors[i].shape }));
  } finally {
    tf.dispose([images, all]);
  }
}
