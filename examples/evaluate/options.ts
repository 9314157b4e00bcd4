import { Command, Option } from 'commander';
import {
  addEngineOptions,
  checkDataOptions,
  compileOption,
  heightByWidth,
  jsonObject,
  number,
  positiveInteger,
  wholeNumber,
  type CompileOptions,
  type EngineOptions,
} from '@pose/example-shared';
import type { ModelOptions } from '@pose/pose-models';

/** The command line of evaluate.ts. */
export interface Options extends EngineOptions, CompileOptions {
  checkpoint?: string;
  weights?: string;
  network?: string;
  input?: [height: number, width: number];
  options?: ModelOptions;
  normalization: 'imagenet' | 'rtpose';
  data?: string;
  synthetic?: boolean;
  syntheticVal: number;
  seed: number;
  valSplit: string;
  workers?: number;
  skipUnreadable?: boolean;
  detections?: string;
  flipTest: boolean;
  nms: number;
  batch: number;
  out: string;
  json?: boolean;
}

export function parseOptions(argv: readonly string[]): Options {
  const command = new Command('evaluate')
    .description('COCO AP and AR of a trained network, with its results, worst cases and errors by keypoint.')
    .addHelpText('after', EXAMPLES)
    .option('--checkpoint <folder>', 'of a training run, such as runs/coco-r50/checkpoints/best')
    .option('--weights <file>', 'of PyTorch instead: .pth, .pt, .pth.tar or .safetensors')
    .option('--network <name>', 'what --weights are weights of, one of `pose-models list`')
    .addOption(
      new Option('--input <HxW>', "network input in pixels, for --weights (default: the network's)").argParser(
        heightByWidth,
      ),
    )
    .addOption(
      new Option(
        '--options <json>',
        'other options of the network, for --weights, such as {"deconvFilters":[128,128,128]}',
      ).argParser(jsonObject),
    )
    .addOption(
      new Option('--normalization <name>', "of OpenPose's input: rtpose for weights that come from Caffe")
        .choices(['imagenet', 'rtpose'])
        .default('imagenet'),
    )
    .option('--data <root>', 'COCO root: annotations/ with val2017/ or images/val2017/')
    .option('--synthetic', 'make and use the synthetic data set, in <out>-data')
    .option('--synthetic-val <n>', 'synthetic images', positiveInteger, 200)
    .option('--seed <n>', 'of the synthetic images', wholeNumber, 1)
    .option('--val-split <name>', 'split to evaluate', 'val2017')
    .option('--workers <n>', 'data loading threads (default: cores - 1)', wholeNumber)
    .option('--skip-unreadable', 'leave out images that are missing or broken, after saying so, instead of stopping')
    .option('--detections <file>', 'detected boxes (COCO results) instead of the annotated ones; not for OpenPose')
    .option('--no-flip-test', 'without the mirrored image; OpenPose is always evaluated without')
    .option(
      '--nms <oks>',
      'of two people of an image that are more alike, the lower scored does not count',
      number,
      0.9,
    )
    .option('--batch <n>', 'samples per batch', positiveInteger, 32)
    .addOption(compileOption())
    .option('--out <folder>', 'where results.json, report.html and its pictures are written', 'runs/evaluate')
    .option('--json', 'print one JSON object instead of the table');
  addEngineOptions(command);
  const options = command.parse(argv, { from: 'user' }).opts<Options>();
  checkDataOptions(command, options);
  const { checkpoint, weights, network, input, options: own } = options;
  if (!checkpoint === !weights) command.error('error: give either --checkpoint <folder> or --weights <file>');
  if (!weights !== !network) command.error('error: --weights <file> and --network <name> belong together');
  if (checkpoint && (input ?? own)) {
    command.error('error: --input and --options are for --weights; a checkpoint knows its own');
  }
  return options;
}

const EXAMPLES = `
Examples:
  evaluate --checkpoint runs/coco-r50/checkpoints/best --data /data/coco
  evaluate --weights pose_resnet_50_256x192.pth.tar --network pose_resnet50 --data /data/coco
  evaluate --weights pose_hrnet_w32_384x288.pth --network pose_hrnet_w32 --input 384x288 --data /data/coco \\
    --detections COCO_val2017_detections_AP_H_56_person.json`;
