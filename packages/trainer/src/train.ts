import { evaluate, type Evaluation } from './evaluation/evaluate';
import { writeReport } from './report/write-report';
import { ProgressReporter } from './run/progress';
import { watchInterrupt } from './run/watch-interrupt';
import { trainEpoch } from './train-epoch';
import { checkTrainOptions, type TrainOptions } from './train-options';
import { resumeRun, startRun, type TrainingRun } from './training-run';

export interface TrainResult {
  /** After the last epoch; absent when the run was interrupted. */
  evaluation?: Evaluation;
  /** Loss and accuracy, mean over the last epoch that was trained to its end; absent when there is none. */
  loss?: number;
  accuracy?: number;
  interrupted: boolean;
}

/**
 * The training loop: epochs of Adam steps with a checkpoint after each, COCO AP on the validation data every now and
 * then, and a report at the end. SIGINT or SIGTERM ends it after the step under way, with a checkpoint to resume from.
 * A run that is resumed when it is complete is evaluated and reported again.
 *
 * @throws TrainerError when `out` cannot be used, the checkpoint is of another model or run, a sample cannot be read,
 *   or the loss is no longer finite; a checkpoint to resume from is left in each case but the first
 */
export async function train(options: TrainOptions): Promise<TrainResult> {
  checkTrainOptions(options);
  const { model, description, val, epochs, evaluateEvery = 0, flipTest = true } = options;
  const reporter = options.reporter ?? new ProgressReporter();
  const interrupt = watchInterrupt();
  let run: TrainingRun | undefined;
  try {
    run = await (options.resume ? resumeRun(options) : startRun(options));
    const { state, folder } = run;
    const isDue = (epoch: number) => epoch === epochs || (evaluateEvery > 0 && epoch % evaluateEvery === 0);
    let evaluation: Evaluation | undefined;
    for (;;) {
      if (state.batch === 0 && state.evaluated < state.epoch && isDue(state.epoch)) {
        evaluation = await evaluate(model, description, val, { flipTest }, reporter);
        await recordEvaluation(run, evaluation);
        reporter.line(`epoch ${state.epoch}: val AP ${evaluation.stats.AP.toFixed(3)}`);
      }
      if (state.epoch >= epochs) break;
      await trainEpoch(run, options, interrupt, reporter);
      if (interrupt.requested) {
        reporter.line(`Interrupted after step ${state.step}; saved ${folder.file('checkpoints', 'last')}.`);
        return { ...lastEpoch(run), interrupted: true };
      }
    }
    evaluation ??= await evaluate(model, description, val, { flipTest }, reporter);
    await writeReport({ ...options, run: folder, evaluation });
    return { evaluation, ...lastEpoch(run), interrupted: false };
  } finally {
    interrupt.stop();
    reporter.stop();
    run?.optimizer.dispose();
  }
}

/** Log, checkpoint `best` when it is the best so far, and `last`, in this order: a kill in between repeats the evaluation. */
async function recordEvaluation(run: TrainingRun, { stats }: Evaluation): Promise<void> {
  const { state, folder } = run;
  const epoch = state.epoch - 1;
  await folder.log({ event: 'evaluation', step: state.step, epoch, stats: { ...stats } });
  state.evaluated = state.epoch;
  if (state.best === undefined || stats.AP > state.best.ap) {
    state.best = { ap: stats.AP, epoch };
    await run.saveBest();
  }
  await run.saveLast();
}

function lastEpoch({ folder }: TrainingRun): { loss?: number; accuracy?: number } {
  const entry = folder.entries.filter(({ event }) => event === 'epoch').at(-1);
  return entry?.event === 'epoch' ? { loss: entry.loss, accuracy: entry.accuracy } : {};
}
