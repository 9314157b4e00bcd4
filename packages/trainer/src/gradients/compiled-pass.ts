import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { weightedMean } from '@pose/pose-losses';
import { inputTensor } from '@pose/predictor';
import { compile, type Executable, type Runtime } from '@pose/tfjs-compile';
import type { TrainingBatch } from '../data/training-data';
import type { Objective } from '../task/objective';
import { asArray, readTerms, requireFiniteLoss, trainableVariables, type GradientResult } from '../train-step';
import { replaceTensors, tensorsIn } from './tensor-tree';

/**
 * Forward and backward pass as one graph, for batches of one size. It is made for the model's trainable weights and the
 * epoch of that moment: an objective that weighs samples does so by the epoch.
 */
export class CompiledPass<B extends TrainingBatch, Targets> {
  readonly #model: LayersModel;
  readonly #objective: Objective<B, Targets>;
  readonly #executable: Executable;

  private constructor(model: LayersModel, objective: Objective<B, Targets>, executable: Executable) {
    this.#model = model;
    this.#objective = objective;
    this.#executable = executable;
  }

  /**
   * @param batch  of the size that later ones will have
   * @throws CompileError when a part of the objective or the model cannot be compiled
   */
  static async compile<B extends TrainingBatch, Targets>(
    model: LayersModel,
    objective: Objective<B, Targets>,
    batch: B,
    epoch: number,
    runtime: Runtime,
  ): Promise<CompiledPass<B, Targets>> {
    const { inputs, targets } = namedInputs(model, objective, batch);
    try {
      const pass = (given: tf.NamedTensorMap) => tracedPass(model, objective, given, targets, epoch);
      return new CompiledPass(model, objective, await compile(pass, inputs, { runtime }));
    } finally {
      tf.dispose(inputs);
    }
  }

  /** As `computeGradients`. @throws CompileError when the runtime fails; nothing has changed then */
  async run(batch: B): Promise<GradientResult> {
    const { inputs } = namedInputs(this.#model, this.#objective, batch);
    const results = await this.#executable.run(inputs).finally(() => tf.dispose(inputs));
    const gradients = partOf(results, 'gradient');
    const outputs = partOf(results, 'output');
    const terms = partOf(results, 'term');
    const { loss, losses } = results;
    try {
      return requireFiniteLoss(batch, {
        loss: loss.dataSync()[0],
        losses: losses.dataSync<'float32'>(),
        metrics: { ...this.#objective.metrics?.(Object.values(outputs), batch), ...readTerms(terms) },
        gradients,
      });
    } catch (error) {
      tf.dispose(gradients);
      throw error;
    } finally {
      tf.dispose([loss, losses, outputs, terms]);
    }
  }

  async dispose(): Promise<void> {
    await this.#executable.dispose();
  }
}

/** What a batch brings into the graph: its images as `input`, the tensors of its targets by number. */
function namedInputs<B extends TrainingBatch, Targets>(
  model: LayersModel,
  objective: Objective<B, Targets>,
  batch: B,
): { inputs: tf.NamedTensorMap; targets: Targets } {
  let targets: Targets;
  const inputs = tf.tidy(() => {
    targets = objective.targets(batch, model);
    const numbered = tensorsIn(targets).map((tensor, i) => [`target/${i}`, tensor] as const);
    return { input: inputTensor(model, batch.input), ...Object.fromEntries(numbered) };
  });
  return { inputs, targets: targets! };
}

/** The pass of `computeGradients`, with everything that it reads among the results, and no read of its own. */
function tracedPass<B extends TrainingBatch, Targets>(
  model: LayersModel,
  objective: Objective<B, Targets>,
  { input, ...numbered }: tf.NamedTensorMap,
  likeTargets: Targets,
  epoch: number,
): tf.NamedTensorMap {
  const targets = replaceTensors(likeTargets, Object.values(numbered));
  const results: tf.NamedTensorMap = {};
  const { value, grads } = tf.variableGrads(
    () => {
      const outputs = asArray(model.apply(input, { training: true }));
      const { perSample, terms = {} } = objective.loss(outputs, targets);
      results['losses'] = perSample;
      if (objective.metrics) Object.assign(results, named('output', outputs));
      Object.assign(results, named('term', terms));
      const weights = objective.weigh?.(withoutGradient(perSample), targets, epoch);
      return weights ? weightedMean(perSample, weights) : (tf.mean(perSample) as tf.Scalar);
    },
    Object.values(trainableVariables(model)),
  );
  // tf gives null to what cannot be trained
  const found = Object.fromEntries(Object.entries(grads).filter(([, gradient]) => gradient));
  return { loss: value, ...results, ...named('gradient', found) };
}

const named = (part: string, tensors: object): tf.NamedTensorMap =>
  Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [`${part}/${name}`, tensor as tf.Tensor]));

/** The results that `named` gave this part's name, in order. */
function partOf(results: tf.NamedTensorMap, part: string): tf.NamedTensorMap {
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
