import { Command, Option } from 'commander';
import {
  addDataOptions,
  addEngineOptions,
  addRunOptions,
  addTopDownOptions,
  checkDataOptions,
  positiveInteger,
  type DataOptions,
  type EngineOptions,
  type RunOptions,
  type TopDownOptions,
} from '@pose/example-shared';

export interface Options extends DataOptions, EngineOptions, RunOptions, TopDownOptions {
  network: (typeof NETWORKS)[number];
  skeleton: 'coco' | 'mpii';
  width: number;
}

const NETWORKS = ['hourglass_1stack', 'hourglass_2stack', 'hourglass_4stack', 'hourglass_8stack'] as const;

/**
 * The defaults are those of princeton-vl/pytorch_stacked_hourglass, task/pose.py and data/MPII/dp.py. It counts steps: the
 * rate drops after 100,000 of them, and the published weights were trained for about 200,000 (its README). With batches
 * of 16 of MPII's 22,246 people to train on that is after 72 epochs, and 144 in all.
 */
export function parseOptions(argv: readonly string[]): Options {
  const command = new Command('train-hourglass')
    .description('Train a stacked hourglass (Newell et al. 2016) and evaluate it with COCO AP, or with PCKh on MPII.')
    .addHelpText('after', EXAMPLES);
  addDataOptions(command);
  command
    .addOption(new Option('--network <name>', 'how many hourglasses').choices(NETWORKS).default('hourglass_8stack'))
    .addOption(
      new Option('--skeleton <name>', 'keypoints of the data; mpii is evaluated with PCKh')
        .choices(['coco', 'mpii'])
        .default('coco'),
    )
    .option(
      '--width <channels>',
      'channels of the hourglasses, even; less than 256 makes a slim network',
      positiveInteger,
      256,
    );
  addRunOptions(command, { epochs: 144, batch: 16, lr: 1e-3, out: 'runs/hourglass' });
  addTopDownOptions(command, {
    input: [256, 256],
    inputNote: 'multiples of 64',
    lrStep: [72],
    lrFactor: 0.2,
    sigma: 1,
    scaleFactor: 0.25,
    rotation: 15,
  });
  addEngineOptions(command);
  const options = command.parse(argv, { from: 'user' }).opts<Options>();
  checkDataOptions(command, options);
  if (options.skeleton === 'mpii' && options.detections) {
    command.error('error: PCKh needs annotated people; leave --detections out with --skeleton mpii');
  }
  return options;
}

const EXAMPLES = `
Examples:
  train-hourglass --data /data/coco --network hourglass_2stack --out runs/coco-hg2
  train-hourglass --data /data/coco --network hourglass_2stack --out runs/coco-hg2 --resume
  train-hourglass --data /data/mpii --skeleton mpii --train-split train --val-split valid --out runs/mpii-hg8
  train-hourglass --synthetic --network hourglass_2stack --width 32 --input 64x64 --sigma 2 --lr 6e-3 --epochs 30 --lr-step 24

MPII: write annotations/person_keypoints_train.json and _valid.json with coco-dataset convert --from mpii; the images
belong in images/train and images/valid, which may be links to one folder.`;
