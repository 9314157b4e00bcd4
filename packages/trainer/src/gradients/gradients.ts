import * as tf from '@tensorflow/tfjs-core';
import { defaultRuntime, type Runtime } from '@pose/tfjs-compile';
import type { TrainingBatch } from '../data/training-data';
import type { TrainOptions } from '../train-options';
import { computeGradients, type GradientResult } from '../train-step';
import { LossNotFiniteError } from '../trainer-error';
import type { CompileMode } from './compile-mode';
import { CompiledPass } from './compiled-pass';

type Options<B extends TrainingBatch, Targets> = Pick<TrainOptions<B, Targets>, 'model' | 'task' | 'compile'>;

/**
 * Forward and backward passes of a run, op by op or compiled. What fails to compile or to run goes on op by op, and says
 * so once. Batches smaller than the task's always do.
 */
export class Gradients<B extends TrainingBatch, Targets> {
  readonly #options: Options<B, Targets>;
  readonly #line: (text: string) => void;
  /** Absent where batches go op by op, from the start or from a failure on. */
  #runtime: Runtime | undefined;
  /** Whether it is still to be measured which way is faster. */
  #undecided: boolean;
  #pass: CompiledPass<B, Targets> | undefined;
  /** That the pass is for, where it matters. */
  #epoch = 0;

  /** @param line  receives what was chosen and why, one line each */
  constructor(options: Options<B, Targets>, line: (text: string) => void) {
    const { compile = 'off' } = options;
    this.#options = options;
    this.#line = line;
    this.#undecided = compile === 'auto';
    this.#runtime = compile === 'off' ? undefined : compile === 'auto' ? defaultRuntime() : compile;
  }

  /** The way that batches go, once it is decided. */
  get decision(): Exclude<CompileMode, 'auto'> | undefined {
    return this.#undecided ? undefined : (this.#runtime ?? 'off');
  }

  /** As `computeGradients`. */
  async compute(batch: B, epoch: number): Promise<GradientResult> {
    const { model, task } = this.#options;
    const isFull = batch.items.length === task.data.batchSize;
    if (this.#runtime && isFull) {
      try {
        const pass = await this.#passFor(batch, epoch, this.#runtime);
        if (pass) return await pass.run(batch);
      } catch (error) {
        if (error instanceof LossNotFiniteError) throw error;
        await this.#giveUp(`Training goes on op by op: ${(error as Error).message}`);
      }
    }
    return computeGradients(model, task, batch, epoch);
  }

  /** Frees what was compiled, for other trainable weights, say; it is compiled anew when it is needed. */
  async forget(): Promise<void> {
    const pass = this.#pass;
    this.#pass = undefined;
    await pass?.dispose();
  }

  async #passFor(batch: B, epoch: number, runtime: Runtime): Promise<CompiledPass<B, Targets> | undefined> {
    const { model, task } = this.#options;
    if (this.#pass && task.weigh && epoch !== this.#epoch) await this.forget();
    this.#epoch = epoch;
    this.#pass ??= await CompiledPass.compile(model, task, batch, epoch, runtime);
    if (this.#undecided) await this.#decide(batch, epoch, this.#pass, runtime);
    return this.#pass;
  }

  /** Measures one pass each way, after one that is not measured, and leaves the model as it was. */
  async #decide(batch: B, epoch: number, pass: CompiledPass<B, Targets>, runtime: Runtime): Promise<void> {
    const { model, task } = this.#options;
    this.#undecided = false;
    const compiled = await this.#milliseconds(() => pass.run(batch));
    const opByOp = await this.#milliseconds(async () => computeGradients(model, task, batch, epoch));
    const name = runtime === 'onnx' ? 'ONNX Runtime' : 'TensorFlow';
    const times = `${Math.round(compiled)} ms a batch as one graph of ${name}, ${Math.round(opByOp)} ms op by op`;
    if (compiled < opByOp) this.#line(`Compiled: ${times}.`);
    else await this.#giveUp(`Not compiled: ${times}.`);
  }

  async #milliseconds(pass: () => Promise<GradientResult>): Promise<number> {
    const { nonTrainableWeights } = this.#options.model;
    let elapsed = 0;
    for (let run = 0; run < 2; run++) {
      const statistics = nonTrainableWeights.map((weight) => tf.clone(weight.read()));
      try {
        const started = performance.now();
        const { gradients } = await pass();
        elapsed = performance.now() - started;
        tf.dispose(gradients);
      } finally {
        statistics.forEach((before, i) => nonTrainableWeights[i].write(before));
        tf.dispose(statistics);
      }
    }
    return elapsed;
  }

  async #giveUp(reason: string): Promise<void> {
    this.#runtime = undefined;
    this.#line(reason);
    await this.forget();
  }
}
