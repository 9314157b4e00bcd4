import { access, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import {
  findLearningRate,
  formatPlan,
  planTraining,
  tensorBoard,
  train,
  type TrainingBatch,
  type TrainingHooks,
  type TrainOptions,
} from '@pose/trainer';
import type { RunOptions } from './run-options';

type FromOptions =
  | 'out'
  | 'compile'
  | 'precision'
  | 'accumulate'
  | 'clipNorm'
  | 'averageDecay'
  | 'evaluateEvery'
  | 'patience'
  | 'saveEvery'
  | 'resume';

/** Trains as the options say, or plans, or looks for a learning rate; prints the result and how to go on. */
export async function runTraining<B extends TrainingBatch, Targets>(
  training: Omit<TrainOptions<B, Targets>, FromOptions>,
  options: RunOptions,
): Promise<void> {
  const { out, histograms } = options;
  const hooks: TrainingHooks[] = [...(training.hooks ?? [])];
  if (options.tensorboard || histograms) {
    hooks.push(tensorBoard({ folder: join(out, 'tensorboard'), images: true, histograms }));
  }
  const all: TrainOptions<B, Targets> = {
    ...training,
    hooks,
    out,
    compile: options.compile,
    precision: options.precision,
    accumulate: options.strideApply,
    clipNorm: options.clip,
    averageDecay: options.ema,
    evaluateEvery: options.evaluateEvery,
    patience: options.patience,
    saveEvery: options.saveEvery,
    resume: options.resume,
  };
  if (options.dryRun) {
    console.log(formatPlan(await planTraining(all)));
    return;
  }
  if (options.findLr) {
    const { suggestion, picture } = await findLearningRate(all);
    console.log(`learning rate: ${suggestion.toExponential(1)}; see ${resolve(picture)}`);
    return;
  }
  if (options.overwrite) await removeRun(out);
  const { interrupted, evaluation } = await train(all);
  if (interrupted) {
    console.log('Go on with: the same command and --resume');
    process.exitCode = 130;
    return;
  }
  const numbers = Object.entries(evaluation!.stats).map(([name, value]) => `${name} ${value.toFixed(3)}`);
  console.log(numbers.join('  '));
  console.log(`report: ${resolve(out, 'report.html')}`);
}

/** Removes what an earlier run wrote, and nothing else: a folder without a run's files stays as it is. */
async function removeRun(folder: string): Promise<void> {
  const files = ['config.json', 'log.jsonl'].map((name) => access(join(folder, name)));
  const isRun = (await Promise.allSettled(files)).every(({ status }) => status === 'fulfilled');
  if (isRun) await rm(folder, { recursive: true });
}
