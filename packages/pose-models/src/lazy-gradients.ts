import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';

/**
 * Makes a convolution layer without bias and activation run tf.conv2d, whose gradient computes what is asked for.
 * tf.layers' own call runs tf.fused.conv2d, whose gradient always computes all of it: in a network's first layer a
 * gradient towards the image, which costs about as much as that layer's whole forward pass several times over.
 */
export function withLazyGradients(
  layer: tfl.layers.Layer,
  strides: number,
  padding: 'same' | 'valid',
): tfl.layers.Layer {
  layer.call = (inputs) => {
    const x = (Array.isArray(inputs) ? inputs[0] : inputs) as tf.Tensor4D;
    return tf.conv2d(x, layer.weights[0].read() as tf.Tensor4D, strides, padding);
  };
  return layer;
}
