import type * as tf from '@tensorflow/tfjs-core';
import * as losses from '../src';

export interface LossInputs<Predictions = tf.Tensor[]> {
  predictions: Predictions;
  targets: tf.Tensor[];
  weight?: tf.Tensor;
  options?: object;
}

/** The loss per sample of each function that the package exports, from tensors in the order of its parameters. */
export const everyLoss: Record<string, (inputs: LossInputs) => tf.Tensor1D> = {
  jointsMse: ({ predictions: [p], targets: [t], weight }) =>
    losses.jointsMse(p as tf.Tensor4D, t as tf.Tensor4D, weight as tf.Tensor2D),
  gluonL2: ({ predictions: [p], targets: [t], weight }) =>
    losses.gluonL2(p as tf.Tensor4D, t as tf.Tensor4D, weight as tf.Tensor2D),
  ohkmMse: ({ predictions: [p], targets: [t], weight, options }) =>
    losses.ohkmMse(p as tf.Tensor4D, t as tf.Tensor4D, weight as tf.Tensor2D, options),
  paddleHeatmapLoss: ({ predictions: [p], targets: [t], weight, options }) =>
    losses.paddleHeatmapLoss(p as tf.Tensor4D, t as tf.Tensor4D, { weight: weight as tf.Tensor2D, ...options }),
  hourglassMse: ({ predictions, targets: [t], weight, options }) =>
    losses.hourglassMse(predictions as tf.Tensor4D[], t as tf.Tensor4D, { weight: weight as tf.Tensor2D, ...options })
      .perSample,
  openPoseLoss: ({ predictions, targets: [fields, heatmaps], weight: mask }) =>
    losses.openPoseLoss(predictions as tf.Tensor4D[], {
      fields: fields as tf.Tensor4D,
      heatmaps: heatmaps as tf.Tensor4D,
      mask: mask as tf.Tensor3D,
    }).perSample,
  adaptiveWing: ({ predictions: [p], targets: [t], weight, options }) =>
    losses.adaptiveWing(p as tf.Tensor4D, t as tf.Tensor4D, { weight: weight as tf.Tensor2D, ...options }),
  udpCombined: ({ predictions: [p], targets: [t], weight }) =>
    losses.udpCombined(p as tf.Tensor4D, t as tf.Tensor4D, weight as tf.Tensor2D),
  simccKl: ({ predictions, targets, weight }) => {
    const [prediction, target] = [predictions, targets].map(([x, y]) => ({ x: x as tf.Tensor3D, y: y as tf.Tensor3D }));
    return losses.simccKl(prediction, target, weight as tf.Tensor2D);
  },
};
