import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';

/** The gradients of one training step by weight, for a loss that depends on all outputs. */
export function trainOnce(model: tfl.LayersModel, batch = 2): Map<string, Float32Array> {
  const [, ...shape] = model.inputs[0].shape as number[];
  const gradients = new Map<string, Float32Array>();
  tf.tidy(() => {
    const x = tf.randomNormal([batch, ...shape], 0, 1, 'float32', 1);
    const { grads } = tf.variableGrads(() => {
      const outputs = [model.apply(x, { training: true })].flat() as tf.Tensor[];
      return tf.addN(outputs.map((output) => tf.mean(tf.square(tf.sub(output, 1))))) as tf.Scalar;
    });
    for (const [name, gradient] of Object.entries(grads)) gradients.set(name, gradient.dataSync<'float32'>());
  });
  return gradients;
}
