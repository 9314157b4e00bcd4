import * as tf from '@tensorflow/tfjs-core';
import type { FusedNetwork } from '@pose/pose-models';

/** A batch's images [N, height, width, 3] as a tensor, in the network's input size. */
export function inputTensor({ inputs }: Pick<FusedNetwork, 'inputs'>, images: Float32Array): tf.Tensor4D {
  const [, height, width] = inputs[0].shape as [null, number, number];
  return tf.tensor4d(images, [images.length / (height * width * 3), height, width, 3]);
}
