import { Command, Option } from 'commander';
import {
  addDataOptions,
  addEngineOptions,
  addRunOptions,
  addTopDownOptions,
  checkDataOptions,
  number,
  positiveInteger,
  positiveNumber,
  wholeNumber,
  type DataOptions,
  type EngineOptions,
  type RunOptions,
  type TopDownOptions,
} from '@pose/example-shared';

const NETWORKS = [
  'deeplab_resnet18',
  'deeplab_resnet34',
  'deeplab_resnet50',
  'deeplab_resnet101',
  'deeplab_resnet152',
  'stn_deeplab_resnet18',
  'stn_deeplab_resnet50',
  'stn_deeplab_resnet101',
] as const;

export interface Options extends DataOptions, EngineOptions, RunOptions, TopDownOptions {
  network: (typeof NETWORKS)[number];
  width: number;
  weightDecay: number;
  transformerFrom?: number;
  /** False with --no-rectify. */
  rectify: number | false;
  adaBatch: boolean;
  adaEasy: number;
  adaHard: number;
  adaPatience: number;
  adaDelay: number;
  smallLoss: number;
  labelledWeights?: boolean;
}

export function parseOptions(argv: readonly string[]): Options {
  const command = new Command('train-deeplab-pose')
    .description(
      'Train a DeepLab or STN variant of SimpleBaseline, with rectified boxes and Ada-Batch, and evaluate it with COCO AP.',
    )
    .addHelpText('after', EXAMPLES)
    .addOption(
      new Option('--network <name>', 'the variant; stn_ puts it within a spatial transformer')
        .choices(NETWORKS)
        .default('deeplab_resnet50'),
    );
  addDataOptions(command).option(
    '--width <channels>',
    "channels of the backbone's first stage; less than 64 makes a slim network",
    positiveInteger,
    64,
  );
  addRunOptions(command, { epochs: 140, batch: 32, lr: 2.5e-4, out: 'runs/deeplab-pose' });
  addTopDownOptions(command, {
    input: [256, 192],
    inputNote: 'multiples of 4',
    lrStep: [90, 120],
    lrFactor: 0.1,
    sigma: 2,
    scaleFactor: 0.3,
    rotation: 40,
  });
  command
    .option('--weight-decay <f>', 'L2 penalty on the weights', number, 0)
    .option(
      '--transformer-from <epoch>',
      'epoch from which the transformer of an stn_ network learns; it is the identity before, while the heatmaps say ' +
        'nothing yet (default: the first of --lr-step)',
      wholeNumber,
    )
    .option(
      '--rectify <margin>',
      "widen each training box to hold its person's keypoints with this margin, a share of the box",
      number,
      0,
    )
    .option('--no-rectify', 'train on the boxes as they are annotated')
    .option(
      '--ada-batch',
      'mix easy, medium and hard people in each batch, and put off those who are always hard',
      true,
    )
    .option('--no-ada-batch', 'shuffle people alone')
    .option('--ada-easy <share>', 'share of each batch whose losses rank as easy', positiveNumber, 0.3)
    .option(
      '--ada-hard <share>',
      'share of each batch whose losses rank as hard; also the most that is put off at a time',
      positiveNumber,
      0.3,
    )
    .option(
      '--ada-patience <visits>',
      'hard visits in a row, never an easy one, before a person is put off',
      positiveInteger,
      2,
    )
    .option('--ada-delay <epochs>', 'how long a person is put off for the first time', positiveInteger, 2)
    .option('--small-loss <share>', 'leave out this share of each batch, the largest losses', number, 0)
    .option('--labelled-weights', 'let each person count by how many of their keypoints are labelled');
  addEngineOptions(command);
  const options = command.parse(argv, { from: 'user' }).opts<Options>();
  checkDataOptions(command, options);
  return options;
}

const EXAMPLES = `
Examples:
  train-deeplab-pose --data /data/coco --out runs/deeplab-r50
  train-deeplab-pose --data /data/coco --out runs/deeplab-r50 --resume
  train-deeplab-pose --data /data/coco --network stn_deeplab_resnet50 --out runs/stn-r50
  train-deeplab-pose --data /data/coco --no-rectify --no-ada-batch --out runs/deeplab-r50-plain
  train-deeplab-pose --synthetic --network deeplab_resnet18 --width 16 --input 128x96 --epochs 30 --lr-step 20,27`;
