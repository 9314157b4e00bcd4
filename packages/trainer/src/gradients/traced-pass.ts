import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { Precision } from '@pose/tfjs-compile';
import { weightedMean } from '@pose/pose-losses';
import { inputTensor } from '@pose/predictor';
import type { TrainingBatch } from '../data/training-data';
import type { Objective } from '../task/objective';
import { asArray, readTerms, trainableVariables, type StepResult } from '../train-step';
import { variableGradients } from '../variable-gradients';
import type { LossScale } from './loss-scale';
import { replaceTensors, tensorsIn } from './tensor-tree';

/** How the passes of a graph compute. */
export interface PassOptions {
  /** In which type convolutions and matrix products compute; weights, gradients and losses are float32. Default 'float32'. */
  precision?: Precision;
  /** Default: the loss is not scaled. */
  lossScale?: LossScale;
}

/** What a batch brings into the graph: its images as `input`, the tensors of its targets by number, the `lossScale`. */
export function namedInputs<B extends TrainingBatch, Targets>(
  model: LayersModel,
  objective: Objective<B, Targets>,
  batch: B,
  lossScale?: LossScale,
): { inputs: tf.NamedTensorMap; targets: Targets } {
  let targets: Targets;
  const inputs = tf.tidy(() => {
    targets = objective.targets(batch, model);
    const numbered = tensorsIn(targets).map((tensor, i) => [`target/${i}`, tensor] as const);
    const scale = lossScale && { lossScale: tf.scalar(lossScale.value) };
    return { input: inputTensor(model, batch.input), ...Object.fromEntries(numbered), ...scale };
  });
  return { inputs, targets: targets! };
}

/**
 * The pass of `computeGradients`, with everything that it reads among the results, and no read of its own. With a scale
 * for the loss there is the `magnitude` as well, which is finite if the loss and all gradients are.
 */
export function tracedPass<B extends TrainingBatch, Targets>(
  model: LayersModel,
  objective: Objective<B, Targets>,
  { input, lossScale, ...numbered }: tf.NamedTensorMap & { lossScale?: tf.Tensor },
  likeTargets: Targets,
  epoch: number,
): tf.NamedTensorMap {
  const targets = replaceTensors(likeTargets, Object.values(numbered));
  const results: tf.NamedTensorMap = {};
  const { value, grads } = variableGradients(
    () => {
      const outputs = asArray(model.apply(input, { training: true }));
      const { perSample, terms = {} } = objective.loss(outputs, targets);
      results['losses'] = perSample;
      if (objective.metrics) Object.assign(results, named('output', outputs));
      Object.assign(results, named('term', terms));
      const weights = objective.weigh?.(withoutGradient(perSample), targets, epoch);
      const loss = weights ? weightedMean(perSample, weights) : (tf.mean(perSample) as tf.Scalar);
      results['loss'] = loss;
      return lossScale ? tf.mul(loss, lossScale) : loss;
    },
    Object.values(trainableVariables(model)),
  );
  // tf gives null to what cannot be trained
  const found = Object.entries(grads).filter(([, gradient]) => gradient);
  if (!lossScale) return { ...results, ...named('gradient', Object.fromEntries(found)) };
  const unscale = tf.reciprocal(lossScale);
  const gradients = found.map(([name, gradient]) => [name, tf.mul(gradient, unscale)] as const);
  const sizes = [value, ...gradients.map(([, gradient]) => gradient)].map((x) => tf.sum(tf.abs(x)));
  return { ...results, magnitude: tf.addN(sizes), ...named('gradient', Object.fromEntries(gradients)) };
}

/** The numbers among what a graph of `tracedPass` gave; its tensors are disposed of, but for the gradients. */
export function readResults<B extends TrainingBatch, Targets>(
  objective: Objective<B, Targets>,
  batch: B,
  results: tf.NamedTensorMap,
): StepResult {
  const [outputs, terms] = [partOf(results, 'output'), partOf(results, 'term')];
  const { loss, losses, magnitude } = results as tf.NamedTensorMap & { magnitude?: tf.Tensor };
  try {
    return {
      ...(magnitude && { overflowed: !Number.isFinite(magnitude.dataSync()[0]) }),
      loss: loss.dataSync()[0],
      losses: losses.dataSync<'float32'>(),
      metrics: { ...objective.metrics?.(Object.values(outputs), batch), ...readTerms(terms) },
    };
  } finally {
    tf.dispose([loss, losses, outputs, terms, ...(magnitude ? [magnitude] : [])]);
  }
}

export const named = <T extends tf.Tensor>(
  part: string,
  tensors: ArrayLike<T> | Record<string, T>,
): Record<string, T> =>
  Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [`${part}/${name}`, tensor]));

/** The results that `named` gave this part's name, in order. */
export function partOf(results: tf.NamedTensorMap, part: string): tf.NamedTensorMap {
  const prefix = `${part}/`;
  const own = Object.entries(results).filter(([name]) => name.startsWith(prefix));
  return Object.fromEntries(own.map(([name, tensor]) => [name.slice(prefix.length), tensor]));
}

/** The same numbers, through which no gradient flows. */
function withoutGradient(x: tf.Tensor1D): tf.Tensor1D {
  const constant = tf.customGrad((...args) => {
    const [value] = args as [tf.Tensor1D, tf.GradSaveFunc];
    return { value: tf.clone(value), gradFunc: () => tf.zeros(x.shape) };
  });
  return constant(x) as tf.Tensor1D;
}
