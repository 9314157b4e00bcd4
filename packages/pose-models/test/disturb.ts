import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';

/** Batch norm statistics, scales and offsets far from where they start. */
export function disturb(model: tfl.LayersModel): void {
  let seed = 1;
  for (const layer of model.layers) {
    if (layer.getClassName() !== 'BatchNormalization') continue;
    const shape = layer.weights[0].shape as number[];
    const draw = (low: number, high: number) => tf.randomUniform(shape, low, high, 'float32', seed++);
    tf.tidy(() => layer.setWeights([draw(0.5, 1.5), draw(-0.5, 0.5), draw(-0.3, 0.3), draw(0.4, 2)]));
  }
}
