import { Option, type Command } from 'commander';
import { PRECISIONS, type Precision } from '@pose/trainer';
import { compileOption, type CompileOptions } from './compile-option';
import { positiveInteger, positiveNumber, wholeNumber } from './values';

export interface RunOptions extends CompileOptions {
  epochs: number;
  batch: number;
  lr: number;
  precision: Precision;
  strideApply: number;
  clip?: number;
  ema?: number;
  patience?: number;
  evaluateEvery: number;
  saveEvery: number;
  tensorboard?: boolean;
  histograms?: boolean;
  out: string;
  resume?: boolean;
  overwrite?: boolean;
  dryRun?: boolean;
  findLr?: boolean;
}

/** The published values of a recipe. */
export interface RunDefaults {
  epochs: number;
  /** Samples per step. */
  batch: number;
  lr: number;
  out: string;
}

/** How long and how fast is trained, and what is written down of it. */
export function addRunOptions(command: Command, { epochs, batch, lr, out }: RunDefaults): Command {
  return command
    .option('--epochs <n>', 'epochs', positiveInteger, epochs)
    .option('--batch <n>', 'samples per batch', positiveInteger, batch)
    .option('--lr <rate>', 'learning rate', positiveNumber, lr)
    .addOption(compileOption())
    .addOption(
      new Option('--precision <type>', 'of convolutions and matrix products in the graph; weights stay float32')
        .choices(PRECISIONS)
        .default('float32'),
    )
    .option('--stride-apply <n>', 'batches whose mean gradient makes one optimizer step', positiveInteger, 1)
    .option('--clip <norm>', "limit of the gradients' norm (default: none)", positiveNumber)
    .option(
      '--ema <share>',
      'evaluate and keep an average of the weights; share of the newest ones, such as 0.01',
      positiveNumber,
    )
    .option('--evaluate-every <n>', 'epochs between evaluations; 0: at the end only', wholeNumber, 10)
    .option('--patience <n>', 'stop after so many evaluations without a better one (default: never)', positiveInteger)
    .option('--save-every <seconds>', 'most seconds between two checkpoints', wholeNumber, 600)
    .option('--tensorboard', 'write event files for TensorBoard, with pictures of predictions, to <out>/tensorboard')
    .option('--histograms', 'histograms of all weights too, after each epoch')
    .option('--out <folder>', 'run folder', out)
    .option('--resume', 'go on with the run in --out')
    .option('--overwrite', 'start over: remove the run that --out holds')
    .option('--dry-run', 'say what would be done, how long it takes and how much memory; train nothing')
    .option(
      '--find-lr',
      'try rising learning rates for some steps, and draw <out>/learning-rate-finder.png; train nothing',
    );
}
