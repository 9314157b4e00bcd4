import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import {
  defaultRuntime,
  openTraining,
  optimize,
  reducePrecision,
  trace,
  type Runtime,
  type TrainingExecutable,
} from '@pose/tfjs-compile';
import type { TrainingBatch } from '../data/training-data';
import { clipTracedGradients } from '../optimizer/clip-gradients';
import type { GraphOptimizer } from '../optimizer/graph-optimizer';
import type { NamedVariables } from '../optimizer/optimizer';
import type { Objective } from '../task/objective';
import { requireFiniteLoss, trainableVariables, type StepResult } from '../train-step';
import type { LossScale } from './loss-scale';
import { named, namedInputs, partOf, readResults, tracedPass, type PassOptions } from './traced-pass';

export interface CompiledStepOptions extends PassOptions {
  /** Default: TensorFlow where its engine is active, else ONNX Runtime on the CPU. */
  runtime?: Runtime;
  /** Limit of the gradients' L2 norm over all variables. Default none. */
  clipNorm?: number;
  /** Default 0; for objectives that weigh samples by it. */
  epoch?: number;
}

/**
 * A whole training step as one graph of a runtime, for batches of one size: forward and backward pass, and the step of
 * the optimizer. Weights, batch normalisation's statistics and the optimizer's state stay there; `sync` brings
 * the model and the optimizer up to date. Values that are given to the model in between go into the next step.
 */
export class CompiledStep<B extends TrainingBatch, Targets> {
  readonly #model: LayersModel;
  readonly #objective: Objective<B, Targets>;
  readonly #optimizer: GraphOptimizer;
  readonly #moved: NamedVariables;
  readonly #executable: TrainingExecutable;
  readonly #lossScale: LossScale | undefined;

  private constructor(
    model: LayersModel,
    objective: Objective<B, Targets>,
    optimizer: GraphOptimizer,
    moved: NamedVariables,
    executable: TrainingExecutable,
    lossScale: LossScale | undefined,
  ) {
    this.#model = model;
    this.#objective = objective;
    this.#optimizer = optimizer;
    this.#moved = moved;
    this.#executable = executable;
    this.#lossScale = lossScale;
  }

  /**
   * It is made for the model's trainable weights of that moment.
   *
   * @param batch  of the size that later ones will have
   * @throws CompileError when the runtime is not there, or a part of the objective or the model cannot be compiled
   */
  static async compile<B extends TrainingBatch, Targets>(
    model: LayersModel,
    objective: Objective<B, Targets>,
    optimizer: GraphOptimizer,
    batch: B,
    { runtime = defaultRuntime(), clipNorm, epoch = 0, precision = 'float32', lossScale }: CompiledStepOptions = {},
  ): Promise<CompiledStep<B, Targets>> {
    const { inputs, targets } = namedInputs(model, objective, batch, lossScale);
    let moved: NamedVariables = {};
    const step = (given: tf.NamedTensorMap): tf.NamedTensorMap => {
      const results = tracedPass(model, objective, given, targets, epoch);
      const gradients = partOf(results, 'gradient');
      const clipped = clipNorm ? clipTracedGradients(gradients, clipNorm) : gradients;
      const variables = Object.entries(trainableVariables(model)).filter(([, { name }]) => gradients[name]);
      moved = Object.fromEntries(variables);
      return { ...results, ...named('gradient', optimizer.slopes(moved, clipped)) };
    };
    try {
      const graph = reducePrecision(optimize(trace(step, inputs)), precision);
      const updates = optimizer.updates(moved, ({ name }) => `gradient/${name}`);
      const loss = lossScale ? 'magnitude' : 'loss';
      const executable = await openTraining(graph, updates, { runtime, loss });
      return new CompiledStep(model, objective, optimizer, moved, executable, lossScale);
    } finally {
      tf.dispose(inputs);
    }
  }

  /**
   * Takes the optimizer's next step, which `countStep` is to count. Where gradients overflowed, nothing changes.
   *
   * @throws TrainerError when the loss is not finite; nothing has changed then
   * @throws CompileError when the runtime fails; nothing has changed then
   */
  async run(batch: B, learningRate: number): Promise<StepResult> {
    const { inputs } = namedInputs(this.#model, this.#objective, batch, this.#lossScale);
    const options = { learningRate, step: this.#optimizer.steps + 1 };
    const results = await this.#executable.run(inputs, options).finally(() => tf.dispose(inputs));
    return requireFiniteLoss(batch, readResults(this.#objective, batch, results));
  }

  countStep(): void {
    this.#optimizer.countStep(this.#moved);
  }

  /** Brings the model up to date, and the optimizer too. */
  async sync(): Promise<void> {
    await this.#executable.sync();
  }

  /** Brings the model up to date, not the optimizer. */
  async syncModel(): Promise<void> {
    await this.#executable.sync(this.#model.weights.map((weight) => weight.read() as tf.Variable));
  }

  /** Drops the steps since the last `sync`, which `countStep` must not have counted. */
  discard(): void {
    this.#executable.discard();
  }

  /** Frees the graph, without a `sync`. */
  async dispose(): Promise<void> {
    await this.#executable.dispose();
  }
}
