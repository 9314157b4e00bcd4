import type { TrainingBatch } from './data/training-data';
import { evaluate } from './evaluation/evaluate';
import type { Evaluation, Evaluator } from './evaluation/evaluator';
import { totalEpochs } from './phase';
import { writeReport } from './report/write-report';
import { ProgressReporter } from './run/progress';
import type { Reporter } from './run/reporter';
import type { RunFolder } from './run/run-folder';
import { watchInterrupt } from './run/watch-interrupt';
import { writeCsvLog } from './telemetry/csv-log';
import { trainEpoch } from './train-epoch';
import { checkTrainOptions, type TrainOptions } from './train-options';
import { TrainerError } from './trainer-error';
import { TrainingRun } from './training-run';

export interface TrainResult {
  /** After the last epoch; absent when the run was interrupted. */
  evaluation?: Evaluation;
  /** Loss and metrics, mean over the last epoch that was trained to its end; absent when there is none. */
  loss?: number;
  metrics?: Record<string, number>;
  interrupted: boolean;
}

/**
 * The training loop: epochs of optimizer steps with a checkpoint after each, the task's metric on the evaluation data
 * every now and then, and a report at the end. SIGINT or SIGTERM ends it after the step under way, with a checkpoint to
 * resume from. A run that is resumed when it is complete is evaluated and reported again.
 *
 * @throws TrainerError when `out` cannot be used, the checkpoint is of another model or run, a sample cannot be read,
 *   or the loss is no longer finite; a checkpoint to resume from is left in each case but the first
 */
export async function train<B extends TrainingBatch, Targets>(options: TrainOptions<B, Targets>): Promise<TrainResult> {
  checkTrainOptions(options);
  const { phases, evaluateEvery = 0, patience = Infinity, hooks = [] } = options;
  const epochs = totalEpochs(phases);
  const reporter = options.reporter ?? new ProgressReporter();
  const interrupt = watchInterrupt();
  let run: TrainingRun<B, Targets> | undefined;
  try {
    run = await (options.resume ? TrainingRun.resume(options, reporter) : TrainingRun.start(options, reporter));
    const { state, folder, forward } = run;
    const resumed = options.resume ?? false;
    for (const hook of hooks) await hook.onStart?.({ step: state.step, epoch: state.epoch, resumed });
    const isDue = (epoch: number) => epoch === epochs || (evaluateEvery > 0 && epoch % evaluateEvery === 0);
    let evaluation: Evaluation | undefined;
    for (;;) {
      if (state.batch === 0 && state.evaluated < state.epoch && isDue(state.epoch)) {
        evaluation = await evaluateRun(run, options, reporter);
      }
      if (state.epoch >= epochs) break;
      if (state.evaluationsSinceBest >= patience) {
        reporter.line(`Stopped after epoch ${state.epoch}: ${patience} evaluations without a better one.`);
        break;
      }
      await trainEpoch(run, options, interrupt, reporter);
      if (interrupt.requested) {
        reporter.line(`Interrupted after step ${state.step}; saved ${folder.file('checkpoints', 'last')}.`);
        return { ...lastEpoch(folder), interrupted: true };
      }
    }
    evaluation ??= await run.withAverage(() => evaluate(options.model, options.task.evaluator, reporter, forward));
    await writeReport({ ...options, evaluator: options.task.evaluator, run: folder, evaluation, sampler: run.sampler });
    return { evaluation, ...lastEpoch(folder), interrupted: false };
  } finally {
    interrupt.stop();
    reporter.stop();
    await run?.dispose();
    for (const hook of hooks) await hook.onEnd?.();
  }
}

/** Log, checkpoint `best` when it is the best so far, and `last`, in this order: a kill in between repeats the evaluation. */
async function evaluateRun<B extends TrainingBatch, Targets>(
  run: TrainingRun<B, Targets>,
  options: TrainOptions<B, Targets>,
  reporter: Reporter,
): Promise<Evaluation> {
  const { model, task, hooks = [] } = options;
  const { evaluator } = task;
  const { state, folder } = run;
  const epoch = state.epoch - 1;
  const evaluation = await run.withAverage(async () => {
    const made = await evaluate(model, evaluator, reporter, run.forward);
    const value = selectedStat(made, evaluator);
    state.evaluated = state.epoch;
    if (state.best === undefined || value > state.best.value) {
      state.best = { value, epoch };
      state.evaluationsSinceBest = 0;
      await run.saveBest();
    } else state.evaluationsSinceBest++;
    return made;
  });
  const { stats } = evaluation;
  folder.log({ event: 'evaluation', step: state.step, epoch, stats });
  await writeCsvLog(folder);
  reporter.line(`epoch ${state.epoch}: val ${evaluator.selectBy} ${stats[evaluator.selectBy].toFixed(3)}`);
  const pictures = async () => {
    const figures = (await evaluator.report?.(evaluation))?.figures ?? [];
    return Object.fromEntries(figures.map(({ file, image }) => [file.replace(/\.png$/, ''), image]));
  };
  for (const hook of hooks) await hook.onEvaluation?.({ step: state.step, epoch, stats, model, pictures });
  await run.saveLast();
  return evaluation;
}

function selectedStat<B extends TrainingBatch>({ stats }: Evaluation, { selectBy }: Evaluator<B>): number {
  if (Number.isFinite(stats[selectBy])) return stats[selectBy];
  throw new TrainerError(
    `Expected the evaluator's metric to give a finite number '${selectBy}', which selects the best network, found ` +
      `${stats[selectBy]} among ${Object.keys(stats).join(', ')}.`,
  );
}

function lastEpoch({ entries }: RunFolder): Pick<TrainResult, 'loss' | 'metrics'> {
  const entry = entries.filter(({ event }) => event === 'epoch').at(-1);
  return entry?.event === 'epoch' ? { loss: entry.loss, metrics: entry.metrics } : {};
}
