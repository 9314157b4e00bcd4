import { availableParallelism } from 'node:os';
import { Command, InvalidArgumentError, Option } from 'commander';
import {
  addEngineOptions,
  heightByWidth,
  number,
  positiveInteger,
  positiveNumber,
  type EngineOptions,
} from '@pose/example-shared';

/** What all runs share; results of other settings are not comparable. */
export interface Settings {
  people: number;
  valPeople: number;
  corrupt: number;
  smallLoss: number;
  epochs: number;
  batch: number;
  lr: number;
  input: [height: number, width: number];
  width: number;
}

export interface Options extends Settings, EngineOptions {
  seeds: number;
  jobs: number;
  out: string;
}

export function parseOptions(argv: readonly string[]): Options {
  const command = new Command('ada-batch-experiment')
    .description('Train with and without small-loss selection and Ada-Batch on partly wrong annotations; print val AP.')
    .option('--people <n>', 'synthetic training images, one person each', positiveInteger, 1000)
    .option('--val-people <n>', 'the same to evaluate, never corrupted', positiveInteger, 200)
    .option('--corrupt <share>', 'share of the training people whose keypoints are wrong', share, 0.2)
    .option('--small-loss <share>', 'share of each batch that small-loss selection leaves out', share, 0.2)
    .option('--seeds <n>', 'runs of each kind', positiveInteger, 3)
    .option('--epochs <n>', 'epochs; the rate drops at 3/4 and 7/8 of them', positiveInteger, 12)
    .option('--batch <n>', 'people per batch', positiveInteger, 16)
    .option('--lr <rate>', 'learning rate of Adam', positiveNumber, 3e-3)
    .addOption(
      new Option('--input <HxW>', 'network input in pixels, multiples of 32')
        .default([128, 96], '128x96')
        .argParser(heightByWidth),
    )
    .option('--width <channels>', "channels of ResNet-18's first stage", positiveInteger, 16)
    .addOption(
      new Option('--jobs <n>', 'runs at a time; each has its share of the cores')
        .default(availableParallelism(), 'one per core')
        .argParser(positiveInteger),
    )
    .option('--out <folder>', 'results.json, data and run folders', 'runs/ada-batch');
  return addEngineOptions(command).parse(argv, { from: 'user' }).opts<Options>();
}

function share(text: string): number {
  const value = number(text);
  if (value >= 1) throw new InvalidArgumentError('Expected a share from 0 to below 1.');
  return value;
}
