import { readFileSync } from 'node:fs';
import { Command, InvalidArgumentError, Option } from 'commander';
import {
  AIC_SKELETON,
  COCO_SKELETON,
  COCO_WHOLEBODY_SKELETON,
  CROWDPOSE_SKELETON,
  defineSkeleton,
  HALPE26_SKELETON,
  MPII_SKELETON,
  type Skeleton,
} from '@pose/coco-dataset';
import { heightByWidth, integers, number, positiveInteger, positiveNumber, wholeNumber } from '@pose/example-shared';
import type { TargetEncoding } from '@pose/trainer';

const SKELETONS: Record<string, Skeleton> = {
  coco: COCO_SKELETON,
  crowdpose: CROWDPOSE_SKELETON,
  mpii: MPII_SKELETON,
  aic: AIC_SKELETON,
  halpe26: HALPE26_SKELETON,
  wholebody: COCO_WHOLEBODY_SKELETON,
};

const ENCODINGS = ['gaussian', 'unbiased', 'udp', 'udp-combined', 'megvii', 'simcc'] as const;

/** The command line of inspect.ts. */
export interface Options {
  data?: string;
  split: string;
  annotations?: string;
  images?: string;
  synthetic?: boolean;
  skeleton: Skeleton;
  mode: 'top-down' | 'bottom-up';
  count: number;
  ids?: number[];
  seed: number;
  epoch: number;
  input?: [height: number, width: number];
  encoding: TargetEncoding['type'];
  sigma?: number;
  augment: boolean;
  scaleFactor: number;
  rotation: number;
  flip: number;
  halfBody: number;
  photometric?: boolean;
  cutout?: number;
  hideAndSeek?: boolean;
  rectify?: number;
  udp?: boolean;
  area?: boolean;
  out: string;
}

/** Defaults are those of train-simplebaseline, so that the pictures are its samples. */
export function parseOptions(argv: readonly string[]): Options {
  const command = new Command('inspect-data')
    .description(
      'Draw what a network is trained on: the image, the crop with keypoints, the targets. Look here first when AP is zero.',
    )
    .option('--data <root>', "folder in COCO's layout: annotations/ with train2017/ or images/train2017/")
    .option('--split <name>', 'split of --data', 'train2017')
    .option('--annotations <file>', 'annotation file, instead of --data')
    .option('--images <folder>', 'image folder of --annotations')
    .option('--synthetic', 'make and use a small synthetic data set, in <out>-data')
    .addOption(
      new Option(
        '--skeleton <name>',
        `keypoints of the data: ${Object.keys(SKELETONS).join(', ')}, or a .json file of your own (see defineSkeleton)`,
      )
        .default(COCO_SKELETON, 'coco')
        .argParser(skeleton),
    )
    .addOption(
      new Option('--mode <name>', 'one person per sample, or a whole image with everybody (OpenPose)')
        .choices(['top-down', 'bottom-up'])
        .default('top-down'),
    )
    .option('--count <n>', 'how many samples', positiveInteger, 12)
    .option('--ids <list>', 'these annotations (top-down) or images (bottom-up) only, such as 183126,183302', integers)
    .option('--seed <n>', 'of order and augmentation, as the training run has it', wholeNumber, 1)
    .option('--epoch <n>', 'the epoch whose samples are shown, from 0', wholeNumber, 0)
    .option('--input <HxW>', 'network input in pixels (default: 256x192; bottom-up 368x368)', heightByWidth)
    .addOption(new Option('--encoding <name>', 'targets of top-down samples').choices(ENCODINGS).default('gaussian'))
    .option('--sigma <pixels>', "standard deviation of the Gaussians (default: the encoding's)", positiveNumber)
    .option('--no-augment', 'samples as evaluation sees them')
    .option('--scale-factor <f>', 'random scale, 1 -+ f', number, 0.3)
    .option('--rotation <degrees>', 'random rotation, normal, limited to twice that', number, 40)
    .option('--flip <p>', 'share of mirrored samples', number, 0.5)
    .option('--half-body <p>', 'share of half-body crops', number, 0)
    .option('--photometric', 'random changes of colour')
    .option('--cutout <n>', 'erase n random rectangles', positiveInteger)
    .option('--hide-and-seek', 'erase cells of a random grid')
    .option('--rectify <margin>', 'widen boxes to hold every keypoint, with a margin in shares of the box', number)
    .option('--udp', 'unbiased data processing: align pixel centres')
    .option('--area', 'antialias crops that shrink the image')
    .option('--out <folder>', 'where the pictures and index.html go', 'runs/inspect-data')
    .addHelpText('after', EXAMPLES);
  const options = command.parse(argv, { from: 'user' }).opts<Options>();
  const sources = [options.data, options.annotations, options.synthetic].filter(Boolean).length;
  if (sources !== 1) command.error('error: give one of --data <root>, --annotations <file>, --synthetic');
  if (options.annotations && !options.images) command.error('error: --annotations needs --images <folder>');
  return options;
}

const EXAMPLES = `
Examples:
  inspect-data --synthetic
  inspect-data --data /data/coco --split val2017 --no-augment
  inspect-data --data /data/coco --half-body 0.3 --encoding udp --udp --ids 183126,183302
  inspect-data --annotations crowdpose.json --images /data/crowdpose/images --skeleton crowdpose
  inspect-data --data /data/coco --mode bottom-up

MPII's lists become COCO files with: coco-dataset convert --from mpii`;

function skeleton(name: string): Skeleton {
  if (name.endsWith('.json')) {
    try {
      return defineSkeleton(JSON.parse(readFileSync(name, 'utf8')) as Skeleton);
    } catch (error) {
      throw new InvalidArgumentError((error as Error).message);
    }
  }
  const known = SKELETONS[name];
  if (!known) throw new InvalidArgumentError(`Expected one of ${Object.keys(SKELETONS).join(', ')}, or a .json file.`);
  return known;
}
