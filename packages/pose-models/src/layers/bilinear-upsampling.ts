import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { apply, applyUnset } from './apply';
import { FIXED } from './fixed-weights';

/**
 * Bilinear upsampling with align_corners, as torch.nn.functional.interpolate: [N, h, w, C] to [N, height, width, C].
 * Output j lies at input j * (n - 1) / (output n - 1). tf.layers has no layer for that, but it is a matrix product
 * along each of the two axes.
 */
export function upsampleBilinear(
  x: tfl.SymbolicTensor,
  name: string,
  [height, width]: readonly [number, number],
): tfl.SymbolicTensor {
  const permute = (y: tfl.SymbolicTensor, axis: string, dims: number[]): tfl.SymbolicTensor =>
    apply(tfl.layers.permute({ name: `${name}.${axis}.permute`, dims }), y);
  let y = permute(x, 'columns', [1, 3, 2]); //          (N, h, C, w)
  y = interpolate(y, `${name}.columns`, width); //      (N, h, C, width)
  y = permute(y, 'rows', [2, 3, 1]); //                 (N, C, width, h)
  y = interpolate(y, `${name}.rows`, height); //        (N, C, width, height)
  return permute(y, 'image', [3, 2, 1]); //             (N, height, width, C)
}

/** Along the last axis: [N, a, b, n] to [N, a, b, size]. */
function interpolate(x: tfl.SymbolicTensor, name: string, size: number): tfl.SymbolicTensor {
  const layer = tfl.layers.dense({ name: `${name}${FIXED}`, units: size, useBias: false, trainable: false });
  const infer = layer.call.bind(layer);
  // Its own call has a gradient towards the kernel as well.
  layer.call = (inputs, kwargs) =>
    kwargs['training'] === true
      ? tf.tidy(() => multiplyRows([inputs].flat()[0], layer.weights[0].read()))
      : infer(inputs, kwargs);
  const y = applyUnset(layer, x);
  const [kernel] = layer.weights;
  tf.tidy(() => layer.setWeights([interpolationMatrix(x.shape[3]!, size)]));
  // A layer counts what it is built with as trained whenever it is unfrozen; this stays as it is.
  (kernel as { trainable: boolean }).trainable = false;
  layer.trainableWeights = [];
  layer.nonTrainableWeights = [kernel];
  return y;
}

/** [..., n] times [n, size]: [..., size] */
function multiplyRows(x: tf.Tensor, matrix: tf.Tensor): tf.Tensor {
  const [from, to] = matrix.shape;
  return tf.reshape(tf.matMul(tf.reshape(x, [-1, from]), matrix), [...x.shape.slice(0, -1), to]);
}

/** [from, to]; column j holds the weights of the two inputs that output j lies between. */
function interpolationMatrix(from: number, to: number): tf.Tensor2D {
  const matrix = tf.buffer([from, to]);
  for (let j = 0; j < to; j++) {
    const position = to > 1 ? (j * (from - 1)) / (to - 1) : 0;
    const before = Math.floor(position);
    const fraction = position - before;
    matrix.set(1 - fraction, before, j);
    if (fraction > 0) matrix.set(fraction, before + 1, j);
  }
  return matrix.toTensor() as tf.Tensor2D;
}
