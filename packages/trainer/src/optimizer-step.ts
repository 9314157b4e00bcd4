import * as tf from '@tensorflow/tfjs-core';
import type { TrainingBatch } from './data/training-data';
import { clipGradients } from './optimizer/clip-gradients';
import { GradientSum } from './optimizer/gradient-sum';
import type { StepEntry } from './run/run-folder';
import { addSums, meansOf, noSums, sumsOf } from './running-sums';
import type { TrainOptions } from './train-options';
import { trainableVariables } from './train-step';
import type { TrainingRun } from './training-run';

/**
 * Gathers batches for an optimizer step, does it, and tells the sampler, the log and the hooks. Until it is done, the run
 * is as after the step before it, but for batch normalisation's statistics, which `undo` puts back.
 */
export class OptimizerStep<B extends TrainingBatch, Targets> {
  /** Gathered since the last step. */
  batches = 0;
  readonly #run: TrainingRun<B, Targets>;
  readonly #options: TrainOptions<B, Targets>;
  readonly #stepsPerEpoch: number;
  readonly #gradients = new GradientSum();
  #sums = noSums();
  #seen: { places: readonly number[]; losses: Float32Array }[] = [];
  /** What no optimizer moves, as it was before the first of the batches. */
  #statistics: tf.Tensor[] = [];

  constructor(run: TrainingRun<B, Targets>, options: TrainOptions<B, Targets>, stepsPerEpoch: number) {
    this.#run = run;
    this.#options = options;
    this.#stepsPerEpoch = stepsPerEpoch;
  }

  /** @throws TrainerError, EngineError as `computeGradients` */
  async add(batch: B): Promise<void> {
    const { model } = this.#options;
    if (this.batches === 0) this.#statistics = model.nonTrainableWeights.map((weight) => tf.clone(weight.read()));
    const { gradients, ...result } = await this.#run.gradients.compute(batch, this.#run.state.epoch);
    const count = batch.items.length;
    this.#gradients.add(gradients, count);
    tf.dispose(gradients);
    addSums(this.#sums, sumsOf(result, count));
    this.#seen.push({ places: batch.places, losses: result.losses });
    this.batches++;
  }

  /** Moves the weights by the mean gradient of the samples gathered. */
  async finish(): Promise<StepEntry> {
    const { model, hooks = [] } = this.#options;
    const { state, folder, sampler } = this.#run;
    const learningRate = this.#rate();
    this.#moveWeights(learningRate);
    state.step++;
    addSums(state.running, this.#sums);
    for (const { places, losses } of this.#seen) sampler.observe?.(places, losses);
    const { step, epoch } = state;
    const done: StepEntry = { event: 'step', step, epoch, ...meansOf(this.#sums), learningRate };
    this.#forget();
    await folder.log(done);
    for (const hook of hooks) await hook.onStep?.({ ...done, model });
    return done;
  }

  /** Leaves the model as it was before the batches gathered, and forgets them. */
  undo(): void {
    const { nonTrainableWeights } = this.#options.model;
    this.#statistics.forEach((before, i) => nonTrainableWeights[i].write(before));
    this.#forget();
  }

  /** Forgets the batches gathered. */
  dispose(): void {
    this.#forget();
  }

  #moveWeights(learningRate: number): void {
    const { model, clipNorm } = this.#options;
    const { optimizer, average } = this.#run;
    const variables = trainableVariables(model);
    const mean = this.#gradients.take();
    const gradients = clipNorm ? clipGradients(mean, clipNorm).gradients : mean;
    optimizer.apply(variables, gradients, learningRate);
    tf.dispose([mean, gradients]);
    average?.update(variables);
  }

  #rate(): number {
    const { step, epoch, stepsBeforePhase, epochsBeforePhase } = this.#run.state;
    return this.#run.schedule.rate({
      step: step - stepsBeforePhase,
      epoch: epoch - epochsBeforePhase,
      stepsPerEpoch: this.#stepsPerEpoch,
    });
  }

  #forget(): void {
    this.#gradients.dispose();
    tf.dispose(this.#statistics);
    this.#statistics = [];
    this.#sums = noSums();
    this.#seen = [];
    this.batches = 0;
  }
}
