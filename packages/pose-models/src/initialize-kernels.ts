import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import { randomNormal } from './random-normal';

/**
 * Draws every kernel that a RandomNormal initializer is configured for, from the weight's name and the seed.
 * Same seed, same float32 values, on every backend; a layer keeps its values when the rest of the network changes.
 */
export function initializeKernels(model: tfl.LayersModel, seed: number): void {
  for (const layer of model.layers) {
    const initializer = layer.getConfig()['kernelInitializer'];
    if (!isRandomNormal(initializer)) continue;
    const { mean, stddev } = initializer.config;
    const kernel = layer.weights[0];
    const shape = kernel.shape as number[];
    const draw = randomNormal(kernel.originalName, seed);
    const values = new Float32Array(tf.util.sizeFromShape(shape));
    for (let i = 0; i < values.length; i++) values[i] = mean + stddev * draw();
    tf.tidy(() => {
      kernel.write(tf.tensor(values, shape));
    });
  }
}

interface RandomNormalConfig {
  className: 'RandomNormal';
  config: { mean: number; stddev: number };
}

function isRandomNormal(initializer: unknown): initializer is RandomNormalConfig {
  return (initializer as RandomNormalConfig | undefined)?.className === 'RandomNormal';
}
