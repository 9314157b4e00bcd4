import type { Command } from 'commander';
import { makeSyntheticCoco } from '@pose/synthetic-coco';
import type { Reporter } from '@pose/trainer';
import { positiveInteger, wholeNumber } from './values';

export interface DataOptions {
  data?: string;
  synthetic?: boolean;
  syntheticTrain: number;
  syntheticVal: number;
  trainSplit: string;
  valSplit: string;
  workers?: number;
  skipUnreadable?: boolean;
  seed: number;
  out: string;
}

/** Where the images and annotations are, or how many are made. */
export function addDataOptions(command: Command): Command {
  return command
    .option('--data <root>', 'COCO root: annotations/ with train2017/ or images/train2017/')
    .option('--synthetic', 'make and use the synthetic data set, in <out>-data')
    .option('--synthetic-train <n>', 'synthetic training images', positiveInteger, 2000)
    .option('--synthetic-val <n>', 'synthetic validation images', positiveInteger, 200)
    .option('--train-split <name>', 'split to train on', 'train2017')
    .option('--val-split <name>', 'split to evaluate', 'val2017')
    .option('--workers <n>', 'data loading threads (default: cores - 1)', wholeNumber)
    .option('--skip-unreadable', 'leave out images that are missing or broken, after saying so, instead of stopping')
    .option('--seed <n>', 'of weights, order and augmentation', wholeNumber, 1);
}

/** Ends the program with commander's message unless exactly one source of data is named. */
export function checkDataOptions(command: Command, { data, synthetic }: Pick<DataOptions, 'data' | 'synthetic'>): void {
  if (!data === !synthetic) command.error('error: give either --data <COCO root> or --synthetic');
}

type RootOptions = Pick<DataOptions, 'data' | 'syntheticTrain' | 'syntheticVal' | 'seed' | 'out'>;

/** The COCO root; the synthetic set is rendered first where it is asked for and not there yet. */
export async function dataRoot(options: RootOptions, reporter: Reporter): Promise<string> {
  if (options.data !== undefined) return options.data;
  const { syntheticTrain: train, syntheticVal: val, seed } = options;
  const out = `${options.out}-data`;
  reporter.start('render', train + val);
  let rendered = 0;
  const onProgress = (done: number) => {
    reporter.advance(done - rendered);
    rendered = done;
  };
  await makeSyntheticCoco({ out, seed, train, val, onProgress });
  reporter.stop();
  return out;
}
