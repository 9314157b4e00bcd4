import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { compile, type Executable, type Runtime } from '@pose/tfjs-compile';
import type { TrainingBatch } from '../data/training-data';
import type { Objective } from '../task/objective';
import { KeptWeights } from '../kept-weights';
import { requireFiniteLoss, type GradientResult } from '../train-step';
import type { LossScale } from './loss-scale';
import { namedInputs, partOf, readResults, tracedPass, type PassOptions } from './traced-pass';

/**
 * Forward and backward pass as one graph, for batches of one size. It is made for the model's trainable weights and the
 * epoch of that moment: an objective that weighs samples does so by the epoch.
 */
export class CompiledPass<B extends TrainingBatch, Targets> {
  readonly #model: LayersModel;
  readonly #objective: Objective<B, Targets>;
  readonly #executable: Executable;
  readonly #lossScale: LossScale | undefined;

  private constructor(
    model: LayersModel,
    objective: Objective<B, Targets>,
    executable: Executable,
    lossScale: LossScale | undefined,
  ) {
    this.#lossScale = lossScale;
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
    { precision, lossScale }: PassOptions = {},
  ): Promise<CompiledPass<B, Targets>> {
    const { inputs, targets } = namedInputs(model, objective, batch, lossScale);
    try {
      const pass = (given: tf.NamedTensorMap) => tracedPass(model, objective, given, targets, epoch);
      return new CompiledPass(model, objective, await compile(pass, inputs, { runtime, precision }), lossScale);
    } finally {
      tf.dispose(inputs);
    }
  }

  /** As `computeGradients`. @throws CompileError when the runtime fails; nothing has changed then */
  async run(batch: B): Promise<GradientResult> {
    const { inputs } = namedInputs(this.#model, this.#objective, batch, this.#lossScale);
    const statistics = new KeptWeights(this.#model.nonTrainableWeights);
    let gradients: tf.NamedTensorMap = {};
    try {
      const results = await this.#executable.run(inputs).finally(() => tf.dispose(inputs));
      gradients = partOf(results, 'gradient');
      return requireFiniteLoss(batch, { ...readResults(this.#objective, batch, results), gradients });
    } catch (error) {
      tf.dispose(gradients);
      statistics.putBack();
      throw error;
    } finally {
      statistics.dispose();
    }
  }

  async dispose(): Promise<void> {
    await this.#executable.dispose();
  }
}
