import * as tf from '@tensorflow/tfjs-core';
import type { TrainingBatch } from './data/training-data';
import { KeptWeights } from './kept-weights';
import { GradientSum } from './optimizer/gradient-sum';
import { moveWeights } from './optimizer/move-weights';
import type { StepEntry } from './run/run-folder';
import { addSums, meansOf, noSums, sumsOf } from './running-sums';
import type { TrainOptions } from './train-options';
import { trainableVariables, type StepResult } from './train-step';
import type { TrainingRun } from './training-run';

/**
 * Gathers batches for an optimizer step, does it, and tells the sampler, the log and the hooks. A batch that makes a step
 * by itself moves the weights at once. While several are gathered, the run is as after the step before, but for batch
 * normalisation's statistics, which `undo` puts back.
 */
export class OptimizerStep<B extends TrainingBatch, Targets> {
  /** Gathered since the last step. */
  batches = 0;
  readonly #run: TrainingRun<B, Targets>;
  readonly #options: TrainOptions<B, Targets>;
  readonly #stepsPerEpoch: number;
  #learningRate = 0;
  readonly #gradients = new GradientSum();
  /** Whether gradients of any batch did, where that may be. */
  #overflowed: boolean | undefined;
  #sums = noSums();
  #seen: { places: readonly number[]; losses: Float32Array }[] = [];
  /** What no optimizer moves, as it was before the first of the batches. */
  #statistics: KeptWeights | undefined;

  constructor(run: TrainingRun<B, Targets>, options: TrainOptions<B, Targets>, stepsPerEpoch: number) {
    this.#run = run;
    this.#options = options;
    this.#stepsPerEpoch = stepsPerEpoch;
  }

  /** @throws TrainerError, EngineError as `computeGradients` */
  async add(batch: B): Promise<void> {
    const { accumulate = 1 } = this.#options;
    const { gradients, optimizer, state } = this.#run;
    if (this.batches === 0) this.#learningRate = this.#rate();
    const result = await (accumulate === 1
      ? gradients.step(batch, state.epoch, optimizer, this.#learningRate)
      : this.#gather(batch));
    const count = batch.items.length;
    addSums(this.#sums, sumsOf(result, count));
    this.#seen.push({ places: batch.places, losses: result.losses });
    this.batches++;
  }

  /** Moves the weights by the mean gradient of the samples gathered, where they have not been moved. */
  async finish(): Promise<StepEntry> {
    const { model, clipNorm, hooks = [] } = this.#options;
    const { state, folder, sampler, optimizer, average, gradients } = this.#run;
    const learningRate = this.#learningRate;
    if (this.#gradients.samples > 0) {
      const mean = this.#gradients.take();
      if (gradients.accepts({ overflowed: this.#overflowed })) {
        moveWeights(model, optimizer, mean, { learningRate, clipNorm });
      } else tf.dispose(mean);
    }
    average?.update(trainableVariables(model));
    state.step++;
    addSums(state.running, this.#sums);
    for (const { places, losses } of this.#seen) sampler.observe?.(places, losses);
    const { step, epoch } = state;
    const done: StepEntry = { event: 'step', step, epoch, ...meansOf(this.#sums), learningRate };
    this.#forget();
    folder.log(done);
    for (const hook of hooks) await hook.onStep?.({ ...done, model });
    return done;
  }

  /** Leaves the model as it was before the batches gathered, and forgets them. */
  undo(): void {
    this.#statistics?.putBack();
    this.#forget();
  }

  /** Forgets the batches gathered. */
  dispose(): void {
    this.#forget();
  }

  async #gather(batch: B): Promise<StepResult> {
    this.#statistics ??= new KeptWeights(this.#options.model.nonTrainableWeights);
    const { gradients, ...result } = await this.#run.gradients.compute(batch, this.#run.state.epoch);
    if (result.overflowed !== undefined) this.#overflowed ||= result.overflowed;
    this.#gradients.add(gradients, batch.items.length);
    tf.dispose(gradients);
    return result;
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
    this.#statistics?.dispose();
    this.#statistics = undefined;
    this.#overflowed = undefined;
    this.#sums = noSums();
    this.#seen = [];
    this.batches = 0;
  }
}
