import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { weightedMean } from '@pose/pose-losses';
import { explainOutOfMemory } from '@pose/tfjs-engine';
import { inputTensor } from '@pose/predictor';
import { nameSamples, type TrainingBatch } from './data/training-data';
import { KeptWeights } from './kept-weights';
import type { NamedVariables, Optimizer } from './optimizer/optimizer';
import type { Objective } from './task/objective';
import { LossNotFiniteError } from './trainer-error';
import { variableGradients } from './variable-gradients';

/** What a batch gave, all of it before the optimizer moves anything. */
export interface StepResult {
  /** Mean of the samples' losses, weighted where the objective weighs them. */
  loss: number;
  /** The loss of each sample. */
  losses: Float32Array;
  /** The objective's metrics and the terms of its loss. */
  metrics: Record<string, number>;
  /** With a loss scale: whether gradients were not finite by it, so that no weight may move. */
  overflowed?: boolean;
}

/** With the gradients by `variable.name`, for the caller to dispose of. */
export interface GradientResult extends StepResult {
  gradients: tf.NamedTensorMap;
}

/**
 * One optimizer step on one batch.
 *
 * @param epoch  for objectives that weigh samples by it
 * @throws as `computeGradients`
 */
export function trainStep<B extends TrainingBatch, Targets>(
  model: LayersModel,
  objective: Objective<B, Targets>,
  optimizer: Optimizer,
  batch: B,
  learningRate: number,
  epoch = 0,
): StepResult {
  const { gradients, ...result } = computeGradients(model, objective, batch, epoch);
  optimizer.apply(trainableVariables(model), gradients, learningRate);
  tf.dispose(gradients);
  return result;
}

/**
 * Forward and backward pass of one batch.
 *
 * @returns gradients by `variable.name`, for the caller to dispose of
 * @throws TrainerError when the loss is not finite, naming the batch's samples; nothing has changed then
 * @throws EngineError when the engine's memory does not suffice; nothing has changed then, but on the native engine the
 *   process may also end
 */
export function computeGradients<B extends TrainingBatch, Targets>(
  model: LayersModel,
  objective: Objective<B, Targets>,
  batch: B,
  epoch = 0,
): GradientResult {
  // By the time that a step fails, the forward pass has moved batch normalisation's.
  const statistics = new KeptWeights(model.nonTrainableWeights);
  try {
    return computePass(model, objective, batch, epoch);
  } catch (error) {
    statistics.putBack();
    throw explainOutOfMemory(error);
  } finally {
    statistics.dispose();
  }
}

function computePass<B extends TrainingBatch, Targets>(
  model: LayersModel,
  objective: Objective<B, Targets>,
  batch: B,
  epoch: number,
): GradientResult {
  const result: StepResult = { loss: 0, losses: new Float32Array(), metrics: {} };
  const gradients = tf.tidy(() => {
    const input = inputTensor(model, batch.input);
    const targets = objective.targets(batch, model);
    const { value, grads } = variableGradients(
      () => {
        const outputs = asArray(model.apply(input, { training: true }));
        const { perSample, terms = {} } = objective.loss(outputs, targets);
        // Read here, where the tensors still are.
        result.losses = perSample.dataSync() as Float32Array;
        result.metrics = { ...objective.metrics?.(outputs, batch), ...readTerms(terms) };
        const weights = objective.weigh?.(tf.tensor1d(result.losses), targets, epoch);
        return weights ? weightedMean(perSample, weights) : (tf.mean(perSample) as tf.Scalar);
      },
      Object.values(trainableVariables(model)),
    );
    result.loss = value.dataSync()[0];
    return grads;
  });
  return requireFiniteLoss(batch, { ...result, gradients });
}

/** @throws TrainerError when the loss is not finite; the gradients are disposed of then */
export function requireFiniteLoss<Result extends StepResult & Partial<GradientResult>>(
  { items }: TrainingBatch,
  result: Result,
): Result {
  if (Number.isFinite(result.loss)) return result;
  if (result.gradients) tf.dispose(result.gradients);
  throw new LossNotFiniteError(
    `The loss became ${result.loss} on the ${nameSamples(items)}. The last checkpoint is from before; go on ` +
      'from it with --resume and a lower learning rate.',
  );
}

export const asArray = (outputs: unknown): tf.Tensor[] => (Array.isArray(outputs) ? outputs : [outputs as tf.Tensor]);

export function readTerms(terms: tf.NamedTensorMap): Record<string, number> {
  return Object.fromEntries(Object.entries(terms).map(([name, term]) => [name, term.dataSync()[0]]));
}

/** The variables that the optimizer moves, in the order of the model's layers. */
export function trainableVariables(model: LayersModel): NamedVariables {
  return namedVariables(model.trainableWeights);
}

/** Variables by the names that a saved model gives them. */
export function namedVariables(weights: LayersModel['weights']): NamedVariables {
  return Object.fromEntries(weights.map((weight) => [weight.originalName, weight.read() as tf.Variable]));
}
