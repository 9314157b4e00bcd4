import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import { torchEntries } from '../torch/torch-entries';
import type { Initialization, Spread } from './initialization';
import { randomNormal } from './random-normal';
import { randomUniform } from './random-uniform';

/**
 * Draws every kernel, and the biases that the initialisation has a spread for, from the weight's name and the seed.
 * Same seed, same float32 values, on every backend; a layer keeps its values when the rest of the network changes.
 */
export function initializeWeights(model: tfl.LayersModel, seed: number, initialization: Initialization): void {
  const entries = torchEntries(model);
  const spreads = new Map(
    entries
      .filter(({ shape }) => shape.length > 1)
      .map(({ key, shape: [out, ...rest] }) => {
        const name = moduleName(key);
        const fanIn = rest.reduce((a, b) => a * b, 1);
        return [name, initialization({ name, fanIn, fanOut: (out * fanIn) / rest[0] })] as const;
      }),
  );
  for (const { key, shape, weight } of entries) {
    const spread = shape.length > 1 ? spreads.get(moduleName(key))?.kernel : spreads.get(moduleName(key))?.bias;
    if (spread) draw(weight, spread, seed);
  }
}

function moduleName(key: string): string {
  return key.slice(0, key.lastIndexOf('.'));
}

function draw(weight: tfl.LayerVariable, spread: Spread, seed: number): void {
  const shape = weight.shape as number[];
  const values = new Float32Array(tf.util.sizeFromShape(shape));
  if ('normal' in spread) {
    const next = randomNormal(weight.originalName, seed);
    for (let i = 0; i < values.length; i++) values[i] = spread.normal * next();
  } else if ('uniform' in spread) {
    const next = randomUniform(weight.originalName, seed);
    for (let i = 0; i < values.length; i++) values[i] = spread.uniform * (2 * next() - 1);
  } else {
    values.set(spread.values);
  }
  tf.tidy(() => {
    weight.write(tf.tensor(values, shape));
  });
}
