import { Command, InvalidArgumentError, Option } from 'commander';
import { heightByWidth, integers, number, positiveInteger, positiveNumber, wholeNumber } from '@pose/example-options';

/** The command line of train.ts. */
export interface Options {
  data?: string;
  synthetic?: boolean;
  syntheticTrain: number;
  syntheticVal: number;
  trainSplit: string;
  valSplit: string;
  backbone: number;
  input: [height: number, width: number];
  width: number;
  deconv: number;
  epochs: number;
  batch: number;
  lr: number;
  lrStep: number[];
  lrFactor: number;
  sigma: number;
  scaleFactor: number;
  rotation: number;
  flip: number;
  engine: 'auto' | 'cuda' | 'native' | 'wasm' | 'cpu';
  fusedKernels: boolean;
  workers?: number;
  cropCache?: string;
  skipUnreadable?: boolean;
  seed: number;
  evaluateEvery: number;
  flipTest: boolean;
  out: string;
  resume?: boolean;
  overwrite?: boolean;
  evalOnly?: string;
  summary?: boolean;
}

/** Defaults are Microsoft's for COCO (experiments/coco/resnet50/256x192_d256x3_adam_lr1e-3.yaml), batch 32 on one GPU. */
export function parseOptions(argv: readonly string[]): Options {
  const command = new Command('train-simplebaseline')
    .description('Train SimpleBaseline (Xiao et al. 2018) and evaluate it with COCO AP.')
    .option('--data <root>', 'COCO root: annotations/ with train2017/ or images/train2017/')
    .option('--synthetic', 'make and use the synthetic data set, in <out>-data')
    .option('--synthetic-train <n>', 'synthetic training images', positiveInteger, 2000)
    .option('--synthetic-val <n>', 'synthetic validation images', positiveInteger, 200)
    .option('--train-split <name>', 'split to train on', 'train2017')
    .option('--val-split <name>', 'split to evaluate', 'val2017')
    .addOption(
      new Option('--backbone <name>', 'resnet18, resnet34, resnet50, resnet101 or resnet152')
        .default(50, 'resnet50')
        .argParser(backbone),
    )
    .addOption(
      new Option('--input <HxW>', 'network input in pixels, multiples of 32')
        .default([256, 192], '256x192')
        .argParser(heightByWidth),
    )
    .option(
      '--width <channels>',
      "channels of the backbone's first stage; less than 64 makes a slim network",
      positiveInteger,
      64,
    )
    .option('--deconv <channels>', 'width of the three transposed convolutions', positiveInteger, 256)
    .option('--epochs <n>', 'epochs', positiveInteger, 140)
    .option('--batch <n>', 'people per step', positiveInteger, 32)
    .option('--lr <rate>', 'learning rate of Adam', positiveNumber, 1e-3)
    .addOption(
      new Option('--lr-step <epochs>', 'epochs at which the rate drops')
        .default([90, 120], '90,120')
        .argParser(integers),
    )
    .option('--lr-factor <f>', 'what the rate is multiplied by at those epochs', positiveNumber, 0.1)
    .option('--sigma <pixels>', 'standard deviation of the target Gaussians, heatmap pixels', positiveNumber, 2)
    .option('--scale-factor <f>', 'random scale, 1 -+ f', number, 0.3)
    .option('--rotation <degrees>', 'random rotation, normal, limited to twice that', number, 40)
    .option('--flip <p>', 'share of mirrored samples', number, 0.5)
    .addOption(
      new Option('--engine <name>', 'TensorFlow.js engine')
        .choices(['auto', 'cuda', 'native', 'wasm', 'cpu'])
        .default('auto'),
    )
    .option(
      '--no-fused-kernels',
      'compose batch norm, the gradient of ReLU, Adam and fused convolutions of elementary ops',
    )
    .option('--workers <n>', 'data loading threads (default: cores - 1)', wholeNumber)
    .option(
      '--crop-cache <file>',
      'keep the decoded pixels around people to train on there: faster epochs for disk space',
    )
    .option('--skip-unreadable', 'leave out images that are missing or broken, after saying so, instead of stopping')
    .option('--seed <n>', 'of weights, order and augmentation', wholeNumber, 1)
    .option('--evaluate-every <n>', 'epochs between evaluations; 0: at the end only', wholeNumber, 10)
    .option('--no-flip-test', 'evaluate without the mirrored image, for networks trained with --flip 0')
    .option('--out <folder>', 'run folder', 'runs/simplebaseline')
    .option('--resume', 'go on with the run in --out')
    .option('--overwrite', 'start over: remove the run that --out holds')
    .option('--eval-only <checkpoint>', 'evaluate a checkpoint folder on the validation split, train nothing')
    .option('--summary', "print the network's layers")
    .addHelpText('after', EXAMPLES);
  const options = command.parse(argv, { from: 'user' }).opts<Options>();
  if (!options.data === !options.synthetic) command.error('error: give either --data <COCO root> or --synthetic');
  return options;
}

const EXAMPLES = `
Examples:
  train-simplebaseline --data /data/coco --backbone resnet50 --out runs/coco-r50
  train-simplebaseline --data /data/coco --out runs/coco-r50 --resume
  train-simplebaseline --data /data/coco --eval-only runs/coco-r50/checkpoints/best
  train-simplebaseline --synthetic --backbone resnet18 --input 128x96 --epochs 30 --lr-step 20,27`;

function backbone(text: string): number {
  const match = /^resnet(18|34|50|101|152)$/.exec(text);
  if (!match) throw new InvalidArgumentError('Expected resnet18, resnet34, resnet50, resnet101 or resnet152.');
  return Number(match[1]);
}
