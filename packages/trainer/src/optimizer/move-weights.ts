import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { trainableVariables } from '../train-step';
import { clipGradients } from './clip-gradients';
import type { Optimizer } from './optimizer';

/**
 * Moves a model's trainable weights one step.
 *
 * @param gradients         by `variable.name`; disposed of
 * @param options.clipNorm  limit of their L2 norm; default none
 */
export function moveWeights(
  model: LayersModel,
  optimizer: Optimizer,
  gradients: tf.NamedTensorMap,
  { learningRate, clipNorm }: { learningRate: number; clipNorm?: number },
): void {
  const clipped = clipNorm ? clipGradients(gradients, clipNorm).gradients : gradients;
  optimizer.apply(trainableVariables(model), clipped, learningRate);
  tf.dispose([gradients, clipped]);
}
