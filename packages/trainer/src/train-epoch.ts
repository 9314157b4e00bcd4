import type { Batch } from './data/batch-loader';
import { stepLearningRate } from './optimizer/step-schedule';
import type { Reporter } from './run/reporter';
import type { TrainOptions } from './train-options';
import { trainStep } from './train-step';
import type { TrainingRun } from './training-run';

/**
 * Trains the rest of the epoch that the run is in, and moves the run to the start of the next one; or to the step where
 * `interrupt` was requested. `last` is saved at the end in both cases, and every `saveEvery` seconds before.
 */
export async function trainEpoch(
  run: TrainingRun,
  { model, train: { loader }, schedule, epochs, saveEvery = 600 }: TrainOptions,
  interrupt: { readonly requested: boolean },
  reporter: Reporter,
): Promise<void> {
  const { state, folder, optimizer } = run;
  const { epoch, running } = state;
  const learningRate = stepLearningRate(schedule, epoch);
  const started = performance.now();
  const samplesBefore = running.samples;
  let saved = started;
  reporter.start(`epoch ${epoch + 1}/${epochs}`, loader.samples, samplesBefore);
  for await (const batch of savingOnError(loader.shuffled(epoch, state.batch), run, reporter)) {
    const { loss, accuracy } = trainStep(model, optimizer, batch, learningRate);
    const count = batch.items.length;
    batch.release();
    state.batch = batch.index + 1;
    state.step++;
    running.loss += loss * count;
    running.accuracy += accuracy * count;
    running.samples += count;
    await folder.log({ event: 'step', step: state.step, epoch, loss, accuracy, learningRate });
    reporter.advance(count, { loss: loss.toExponential(3), acc: accuracy.toFixed(3) });
    if (interrupt.requested || state.batch === loader.batches) break;
    if (performance.now() - saved >= saveEvery * 1000) {
      await run.saveLast();
      saved = performance.now();
    }
  }
  reporter.stop();
  // Batches of which nothing could be read do not come.
  if (!interrupt.requested) state.batch = loader.batches;
  if (state.batch === loader.batches) {
    const { loss, accuracy, samples } = running;
    const imagesPerSecond = ((samples - samplesBefore) / (performance.now() - started)) * 1000;
    const means = { loss: loss / samples, accuracy: accuracy / samples };
    await folder.log({ event: 'epoch', step: state.step, epoch, ...means, imagesPerSecond });
    Object.assign(state, { epoch: epoch + 1, batch: 0, running: { loss: 0, accuracy: 0, samples: 0 } });
  }
  await run.saveLast();
}

/** When a sample cannot be read, the steps before it are not lost. Errors of the step itself do not pass through here. */
async function* savingOnError(
  batches: AsyncGenerator<Batch>,
  run: TrainingRun,
  reporter: Reporter,
): AsyncGenerator<Batch> {
  try {
    yield* batches;
  } catch (error) {
    await run.saveLast().then(
      () =>
        reporter.line(`Saved ${run.folder.file('checkpoints', 'last')}; --resume goes on from step ${run.state.step}.`),
      (failure: Error) => reporter.line(failure.message),
    );
    throw error;
  }
}
