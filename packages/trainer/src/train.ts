import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { Skeleton } from '@pose/coco-dataset';
import type { ModelDescription, TrainingState } from './checkpoint/checkpoint-state';
import { loadCheckpoint, restoreWeights, type StoredCheckpoint } from './checkpoint/load-checkpoint';
import { saveCheckpoint } from './checkpoint/save-checkpoint';
import { evaluate, type Evaluation } from './evaluation/evaluate';
import { Adam } from './optimizer/adam';
import { stepLearningRate, type StepSchedule } from './optimizer/step-schedule';
import { writeReport } from './report/write-report';
import { ProgressReporter, type Reporter } from './run/progress';
import { RunFolder } from './run/run-folder';
import { watchInterrupt } from './run/watch-interrupt';
import type { TopDownData } from './top-down-data';
import { trainableVariables, trainStep } from './train-step';
import { TrainerError } from './trainer-error';

export interface TrainOptions {
  model: LayersModel;
  description: ModelDescription;
  skeleton: Skeleton;
  train: TopDownData;
  /** Evaluated at the end and every `evaluateEvery` epochs; decides which checkpoint is `best`. */
  val: TopDownData;
  /** Run folder, made anew unless `resume`. */
  out: string;
  epochs: number;
  schedule: StepSchedule;
  /** Seed of the run: order of the samples and augmentation. Must be the one of both loaders. */
  seed: number;
  /** Default 0: at the end only. */
  evaluateEvery?: number;
  /** Default true. */
  flipTest?: boolean;
  /** Go on with the run that `out` holds, as if it had never stopped. */
  resume?: boolean;
  /** Written to config.json and into each checkpoint. */
  config: Record<string, unknown>;
  reporter?: Reporter;
}

export interface TrainResult {
  /** Of the last epoch; absent when the run was interrupted. */
  evaluation?: Evaluation;
  /** Loss and accuracy, mean over the last epoch that was trained. */
  loss: number;
  accuracy: number;
  interrupted: boolean;
}

/**
 * The training loop: for each epoch, for each batch, one Adam step; then a checkpoint, and now and then COCO AP on the
 * validation data. SIGINT ends it after the step under way, with a checkpoint to resume from.
 *
 * @throws TrainerError when `out` cannot be used, the checkpoint is of another model, or the loss is no longer finite
 */
export async function train(options: TrainOptions): Promise<TrainResult> {
  const { model, description, train: data, val, epochs, schedule, seed, evaluateEvery = 0, config } = options;
  const reporter = options.reporter ?? new ProgressReporter();
  const optimizer = new Adam();
  const state: TrainingState = { epoch: 0, batch: 0, step: 0, seed, running: { loss: 0, accuracy: 0, samples: 0 } };
  const run = options.resume
    ? await resumeRun(options, optimizer, state)
    : await RunFolder.create(options.out, config);
  const save = (name: string, withOptimizer: boolean) =>
    saveCheckpoint(run.file('checkpoints', name), {
      model,
      description,
      state,
      optimizer: withOptimizer ? optimizer.state() : undefined,
      config,
    });
  const interrupt = watchInterrupt();
  const result: TrainResult = { loss: NaN, accuracy: NaN, interrupted: false };
  try {
    while (state.epoch < epochs) {
      const { epoch } = state;
      const learningRate = stepLearningRate(schedule, epoch);
      const started = performance.now();
      const samplesBefore = state.running.samples;
      reporter.start(`epoch ${epoch + 1}/${epochs}`, data.loader.samples);
      reporter.advance(samplesBefore);
      for await (const batch of data.loader.shuffled(epoch, state.batch)) {
        const { loss, accuracy } = trainStep(model, optimizer, batch, learningRate);
        const count = batch.people.length;
        state.batch++;
        state.step++;
        state.running.loss += loss * count;
        state.running.accuracy += accuracy * count;
        state.running.samples += count;
        await run.log({ event: 'step', step: state.step, epoch, loss, accuracy, learningRate });
        reporter.advance(count, { loss: loss.toExponential(3), acc: accuracy.toFixed(3) });
        if (interrupt.requested) break;
      }
      reporter.stop();
      if (interrupt.requested && state.batch < data.loader.batches) {
        await save('last', true);
        reporter.line(`Interrupted after step ${state.step}; saved ${run.file('checkpoints', 'last')}.`);
        return { ...result, interrupted: true };
      }
      const seconds = (performance.now() - started) / 1000;
      const { loss, accuracy, samples } = state.running;
      [result.loss, result.accuracy] = [loss / samples, accuracy / samples];
      const imagesPerSecond = (samples - samplesBefore) / seconds;
      await run.log({ event: 'epoch', step: state.step, epoch, loss: result.loss, accuracy: result.accuracy, imagesPerSecond });
      Object.assign(state, { epoch: epoch + 1, batch: 0, running: { loss: 0, accuracy: 0, samples: 0 } });

      const last = state.epoch === epochs;
      if (last || (evaluateEvery > 0 && state.epoch % evaluateEvery === 0)) {
        const flipTest = options.flipTest ?? true;
        result.evaluation = await evaluate(model, description, val, { flipTest }, reporter);
        const { stats } = result.evaluation;
        await run.log({ event: 'evaluation', step: state.step, epoch, stats: { ...stats } });
        reporter.line(`epoch ${state.epoch}: loss ${result.loss.toExponential(3)}, val AP ${stats.AP.toFixed(3)}`);
        if (state.best === undefined || stats.AP > state.best.ap) {
          state.best = { ap: stats.AP, epoch };
          await save('best', false);
        }
      }
      await save('last', true);
      if (interrupt.requested && !last) {
        reporter.line(`Interrupted after epoch ${state.epoch}; saved ${run.file('checkpoints', 'last')}.`);
        return { ...result, interrupted: true };
      }
    }
    const evaluation = (result.evaluation ??= await evaluate(model, description, val, { flipTest: true }, reporter));
    await writeReport({ ...options, run, evaluation });
    return result;
  } finally {
    interrupt.stop();
    reporter.stop();
    optimizer.dispose();
  }
}

async function resumeRun(options: TrainOptions, optimizer: Adam, state: TrainingState): Promise<RunFolder> {
  const { model, description, out, seed } = options;
  const checkpoint = await loadCheckpoint(`${out}/checkpoints/last`);
  requireSameRun(checkpoint, description, seed);
  restoreWeights(model, checkpoint);
  if (!checkpoint.optimizer) throw new TrainerError(`${checkpoint.folder} has no optimizer state; it cannot be resumed.`);
  optimizer.restore(checkpoint.optimizer, trainableVariables(model));
  Object.assign(state, checkpoint.state);
  return RunFolder.reopen(out, state.step);
}

function requireSameRun(checkpoint: StoredCheckpoint, description: ModelDescription, seed: number): void {
  const [stored, wanted] = [checkpoint.description, description].map(({ name, options, keypointNames }) =>
    JSON.stringify({ name, input: options.inputSize, deconvFilters: options.deconvFilters, keypointNames }),
  );
  if (stored !== wanted) {
    throw new TrainerError(`${checkpoint.folder} is a checkpoint of another model.\n  expected ${wanted}\n  found    ${stored}`);
  }
  if (checkpoint.state.seed !== seed) {
    throw new TrainerError(`${checkpoint.folder} was trained with seed ${checkpoint.state.seed}, not ${seed}; a run resumes with its own seed.`);
  }
}
