import type { TrainingBatch } from './data/training-data';
import { validationLoss } from './evaluation/validation-loss';
import { OptimizerStep } from './optimizer-step';
import { totalEpochs } from './phase';
import type { Reporter } from './run/reporter';
import { meansOf } from './running-sums';
import { writeCsvLog } from './telemetry/csv-log';
import type { TrainOptions } from './train-options';
import type { TrainingRun } from './training-run';

/**
 * Trains the rest of the epoch that the run is in, and moves the run to the start of the next one; or to the step where
 * `interrupt` was requested. `last` is saved at the end in both cases, and every `saveEvery` seconds before.
 */
export async function trainEpoch<B extends TrainingBatch, Targets>(
  run: TrainingRun<B, Targets>,
  options: TrainOptions<B, Targets>,
  interrupt: { readonly requested: boolean },
  reporter: Reporter,
): Promise<void> {
  const { running } = run.state;
  const [samplesBefore, started] = [running.samples, performance.now()];
  if (await trainBatches(run, options, interrupt, reporter)) {
    const imagesPerSecond = ((running.samples - samplesBefore) / (performance.now() - started)) * 1000;
    await finishEpoch(run, options, imagesPerSecond, reporter);
  }
  await run.saveLast();
}

/** @returns whether the epoch is at its end */
async function trainBatches<B extends TrainingBatch, Targets>(
  run: TrainingRun<B, Targets>,
  options: TrainOptions<B, Targets>,
  interrupt: { readonly requested: boolean },
  reporter: Reporter,
): Promise<boolean> {
  const { task, phases, accumulate = 1, saveEvery = 600 } = options;
  const { state, sampler } = run;
  const { epoch } = state;
  const order = sampler.order(epoch);
  const batches = Math.ceil(order.length / task.data.batchSize);
  const step = new OptimizerStep(run, options, Math.ceil(batches / accumulate));
  const loaded = task.data.chosen(order, epoch, state.batch);
  let saved = performance.now();
  reporter.start(`epoch ${epoch + 1}/${totalEpochs(phases)}`, order.length, state.running.samples);
  try {
    for await (const batch of savingOnError(loaded, step, run, reporter)) {
      const [next, count] = [batch.index + 1, batch.items.length];
      await step.add(batch);
      batch.release();
      if (step.batches < accumulate && next < batches) {
        reporter.advance(count);
        continue;
      }
      const { loss, metrics } = await step.finish();
      state.batch = next;
      reporter.advance(count, { loss: loss.toExponential(3), ...shown(metrics) });
      if (next === batches) return true;
      if (interrupt.requested) return false;
      if (performance.now() - saved >= saveEvery * 1000) {
        await run.saveLast();
        saved = performance.now();
      }
    }
    // Batches of which nothing could be read do not come, the last one of the epoch neither.
    if (step.batches > 0) await step.finish();
    return true;
  } finally {
    step.dispose();
    reporter.stop();
    await run.gradients.sync();
  }
}

/** Tells schedule, log and hooks of the epoch, and moves the run to the next one. */
async function finishEpoch<B extends TrainingBatch, Targets>(
  run: TrainingRun<B, Targets>,
  options: TrainOptions<B, Targets>,
  imagesPerSecond: number,
  reporter: Reporter,
): Promise<void> {
  const { model, task, hooks = [] } = options;
  const { state, folder } = run;
  const { step, epoch } = state;
  const { loss, metrics } = meansOf(state.running);
  if (options.validationLoss) {
    metrics['validationLoss'] = await run.withAverage(() => validationLoss(model, task, reporter, run.forward));
  }
  run.schedule.observe?.(metrics['validationLoss'] ?? loss);
  const { learningRate } = folder.entries.filter((entry) => entry.event === 'step').at(-1) ?? { learningRate: 0 };
  const done = { step, epoch, loss, learningRate, metrics, imagesPerSecond };
  folder.log({ event: 'epoch', ...done });
  await writeCsvLog(folder);
  for (const hook of hooks) await hook.onEpoch?.({ ...done, model });
  await run.finishEpoch();
}

/** At most this many metrics fit beside a progress bar; all are in the log. */
const SHOWN_METRICS = 2;

function shown(metrics: Record<string, number>): Record<string, string> {
  const first = Object.entries(metrics).slice(0, SHOWN_METRICS);
  return Object.fromEntries(first.map(([name, value]) => [name, value.toPrecision(3)]));
}

/** When a sample cannot be read, the steps before it are not lost. Errors of the step itself do not pass through here. */
async function* savingOnError<B extends TrainingBatch, Targets>(
  batches: AsyncGenerator<B>,
  step: OptimizerStep<B, Targets>,
  run: TrainingRun<B, Targets>,
  reporter: Reporter,
): AsyncGenerator<B> {
  try {
    yield* batches;
  } catch (error) {
    step.undo();
    await run.saveLast().then(
      () =>
        reporter.line(`Saved ${run.folder.file('checkpoints', 'last')}; --resume goes on from step ${run.state.step}.`),
      (failure: Error) => reporter.line(failure.message),
    );
    throw error;
  }
}
