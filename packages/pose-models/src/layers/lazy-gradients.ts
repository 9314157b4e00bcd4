import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';

export interface ConvGeometry {
  strides: number;
  padding: 'same' | 'valid';
  dilation: number;
}

/**
 * Makes a convolution layer run tf.conv2d in training, whose gradient computes what is asked for. tf.layers' own call
 * runs tf.fused.conv2d, whose gradient always computes all of it: in a network's first layer a gradient towards the
 * image, which costs about as much as that layer's whole forward pass several times over. Fused with a bias it is
 * nevertheless the faster one where a gradient towards the input is needed anyway, but it has none for dilations.
 *
 * @param input  what the layer will be applied to, before padding
 */
export function withLazyGradients(
  layer: tfl.layers.Layer,
  input: tfl.SymbolicTensor,
  { strides, padding, dilation }: ConvGeometry,
): tfl.layers.Layer {
  const hasBias = layer.getConfig()['useBias'] === true;
  const isFirst = input.sourceLayer.getClassName() === 'InputLayer';
  if (hasBias && !isFirst && dilation === 1) return layer;
  const infer = layer.call.bind(layer);
  layer.call = (inputs, kwargs) => {
    if (kwargs['training'] !== true) return infer(inputs, kwargs);
    const x = (Array.isArray(inputs) ? inputs[0] : inputs) as tf.Tensor4D;
    const [filter, bias] = layer.weights.map((weight) => weight.read());
    return tf.tidy(() => {
      const y = tf.conv2d(x, filter as tf.Tensor4D, strides, padding, 'NHWC', dilation);
      return bias ? tf.add(y, bias) : y;
    });
  };
  return layer;
}
