import { Command, InvalidArgumentError, Option } from 'commander';
import {
  addDataOptions,
  addEngineOptions,
  addRunOptions,
  checkDataOptions,
  number,
  positiveInteger,
  positiveNumber,
  wholeNumber,
  type DataOptions,
  type EngineOptions,
  type RunOptions,
} from '@pose/example-shared';

export interface Options extends DataOptions, EngineOptions, RunOptions {
  nImages?: number;
  duplicateData?: number;
  squareEdge: number;
  width: number;
  stages: number;
  weights?: string;
  initialization?: 'normal' | 'he';
  freezeBase: number;
  preLr?: number;
  preNImages?: number;
  momentum: number;
  nesterov: boolean;
  weightDecay: number;
  plateauFactor: number;
  plateauPatience: number;
  plateauCooldown: number;
  sigma: number;
  limbWidth: number;
  overlap: 'sum' | 'max';
  scaleRange: [low: number, high: number];
  flip: number;
  peakThreshold: number;
  summary?: boolean;
}

/**
 * Names and defaults are those of train/train_VGG19.py. What it declares and never reads (--freeze-base 0, --pre-lr 1e-4,
 * --pre-n-images 8000) has the meaning of the script that it comes from, vita-epfl/openpifpaf, and the default of what
 * train_VGG19.py does instead.
 */
export function parseOptions(argv: readonly string[]): Options {
  const command = new Command('train-openpose')
    .description('Train OpenPose (Cao et al. 2017: VGG-19, part affinity fields) and evaluate it with COCO AP.')
    .addHelpText('after', EXAMPLES);
  addDataOptions(command)
    .option('--n-images <n>', 'only the first n images, of training and of validation (default: all)', positiveInteger)
    .option('--duplicate-data <n>', 'each training image n times an epoch (default: once)', positiveInteger)
    .option(
      '--square-edge <pixels>',
      'width and height of the network input in pixels, a multiple of 8',
      positiveInteger,
      368,
    )
    .option(
      '--width <channels>',
      "channels of the network's first layer; less than 64 makes a slim network",
      positiveInteger,
      64,
    )
    .option('--stages <n>', 'of fields and heatmaps, each refining the one before', positiveInteger, 6)
    .option(
      '--weights <file>',
      "PyTorch checkpoint (.pth or .safetensors) to start from: torchvision's VGG-19, as published, or OpenPose's own",
    )
    .addOption(
      new Option(
        '--initialization <name>',
        'of what --weights has not: normal, as published (default with --weights), or he (default without)',
      ).choices(['normal', 'he']),
    );
  addRunOptions(command, { epochs: 75, batch: 5, lr: 1, out: 'runs/openpose' })
    .option(
      '--freeze-base <epochs>',
      'the first epochs train without the layers of VGG-19 up to conv4_1 (default: 5 with --weights, as published, else 0)',
      wholeNumber,
    )
    .option('--pre-lr <rate>', 'learning rate of those epochs (default: that of --lr)', positiveNumber)
    .option('--pre-n-images <n>', 'the first n training images only in those epochs (default: all)', positiveInteger)
    .option('--momentum <f>', 'of gradient descent', number, 0.9)
    .option('--no-nesterov', "plain momentum instead of Nesterov's")
    .option('--weight-decay <f>', 'L2 penalty on the weights', number, 0)
    .option('--plateau-factor <f>', 'what the rate is multiplied by when the validation loss stands still', number, 0.8)
    .option('--plateau-patience <epochs>', 'epochs without a lower validation loss before that', wholeNumber, 5)
    .option('--plateau-cooldown <epochs>', 'epochs after it that do not count', wholeNumber, 3)
    .option('--sigma <pixels>', 'standard deviation of the target Gaussians, input pixels', positiveNumber, 7)
    .option('--limb-width <pixels>', 'half the width of a limb in its field, heatmap pixels', positiveNumber, 1)
    .addOption(
      new Option('--overlap <rule>', "where people's Gaussians overlap: sum up to 1, or the paper's max")
        .choices(['sum', 'max'])
        .default('sum'),
    )
    .addOption(
      new Option('--scale-range <low,high>', 'random scale of the images, before the cut to the input')
        .default([0.5, 1], '0.5,1')
        .argParser(range),
    )
    .option('--flip <p>', 'share of mirrored images', number, 0.5)
    .option('--peak-threshold <f>', 'least height of a peak of a heatmap that counts in evaluation', number, 0.1)
    .option('--summary', "print the network's layers");
  addEngineOptions(command);
  const options = command.parse(argv, { from: 'user' }).opts<Omit<Options, 'freezeBase'> & { freezeBase?: number }>();
  checkDataOptions(command, options);
  return { ...options, freezeBase: options.freezeBase ?? (options.weights ? 5 : 0) };
}

const EXAMPLES = `
Examples:
  train-openpose --data /data/coco --weights vgg19-dcbb9e9d.pth --out runs/coco-openpose
  train-openpose --data /data/coco --out runs/coco-openpose --resume
  train-openpose --synthetic --square-edge 128 --scale-range 0.45,0.55 --sigma 5 --width 16 --stages 2 --clip 0.05 \\
    --batch 4 --epochs 8

Fresh weights (without --weights) need small first steps: a limit such as --clip 0.05, or a lower --lr.`;

function range(text: string): [number, number] {
  const values = text.split(',').map(positiveNumber);
  if (values.length !== 2 || values[0] > values[1]) {
    throw new InvalidArgumentError('Expected LOW,HIGH, such as 0.5,1.');
  }
  return [values[0], values[1]];
}
