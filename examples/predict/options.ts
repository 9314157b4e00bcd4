import { Command, InvalidArgumentError, Option } from 'commander';
import {
  addEngineOptions,
  heightByWidth,
  jsonObject,
  number,
  positiveInteger,
  type EngineOptions,
} from '@pose/example-shared';
import { RTPOSE_PIXELS, type Box } from '@pose/pose-augment';
import type { ModelOptions } from '@pose/pose-models';
import { DECODERS, type DecoderName } from '@pose/predictor';
import type { LoadPredictorOptions } from '@pose/predictor/node';
import { compile } from '@pose/tfjs-compile';

/** The command line of predict.ts. */
export interface Options extends EngineOptions {
  input: string[];
  checkpoint: string;
  model?: string;
  inputSize?: [height: number, width: number];
  modelOptions?: ModelOptions;
  normalization?: 'imagenet' | 'rtpose';
  boxes?: string;
  boxScore: number;
  /** Image pixels, one per person. */
  box?: Box[];
  out: string;
  overlays?: string;
  overlayFormat: 'png' | 'jpeg';
  minScore: number;
  decode?: DecoderName;
  flipTest?: boolean;
  compile?: boolean;
  batch: number;
  track?: boolean;
  smooth?: boolean;
  fps: number;
}

export function parseOptions(argv: readonly string[]): Options {
  const command = new Command('predict')
    .description('Find the keypoints of the people in images with a trained network.')
    .addHelpText('after', EXAMPLES)
    .requiredOption('--input <path...>', 'images: files, folders, quoted globs; frames of a video in their order')
    .requiredOption(
      '--checkpoint <path>',
      'folder such as runs/demo/checkpoints/best, or a file of PyTorch with --model',
    )
    .option('--model <name>', 'what the file holds weights of, one of `pose-models list`')
    .addOption(
      new Option('--input-size <HxW>', "network input in pixels, for --model (default: the network's)").argParser(
        heightByWidth,
      ),
    )
    .addOption(new Option('--model-options <json>', 'other options of the network, for --model').argParser(jsonObject))
    .addOption(
      new Option('--normalization <name>', 'of the input, for --model: rtpose for OpenPose from Caffe').choices([
        'imagenet',
        'rtpose',
      ]),
    )
    .option('--boxes <file>', 'where the people are: COCO detections (a list) or annotations (default: whole images)')
    .option('--box-score <s>', 'leave out boxes of --boxes with a lower score', number, 0)
    .addOption(new Option('--box <x,y,w,h>', 'a person of the only image, image pixels; repeatable').argParser(addBox))
    .option('--out <file>', 'the people as COCO results', 'predictions.json')
    .option('--overlays <folder>', 'the images with poses drawn on them')
    .addOption(new Option('--overlay-format <name>', 'of these').choices(['png', 'jpeg']).default('png'))
    .option('--min-score <s>', 'leave out people with a lower score', number, 0)
    .addOption(
      new Option('--decode <name>', 'how outputs become keypoints (default: as the network was trained)').choices(
        DECODERS,
      ),
    )
    .option('--flip-test', 'with the mirrored image (default: as the network was evaluated in training)')
    .option('--no-flip-test', 'without: half the time, a little less accurate')
    .option('--compile', 'run the network as one graph: a second or more to begin with, then faster')
    .option('--track', 'the images are frames of a video: give each person one id')
    .option('--smooth', 'and steady their keypoints over time (One-Euro filter)')
    .option('--fps <n>', 'frames per second of the video', number, 30)
    .option('--batch <n>', 'crops or images that go through the network at a time', positiveInteger, 16);
  addEngineOptions(command);
  const options = command.parse(argv, { from: 'user' }).opts<Options>();
  if (options.box && options.boxes) command.error('error: give either --box or --boxes');
  if (options.smooth && !options.track) command.error('error: --smooth is for --track');
  if (!(options.fps > 0)) command.error('error: --fps: expected a number above 0');
  if (!options.model && (options.inputSize ?? options.modelOptions)) {
    command.error('error: --input-size and --model-options are for --model; a checkpoint knows its own');
  }
  return options;
}

/** What of the command line the predictor is told. */
export function predictorSettings(options: Options): LoadPredictorOptions {
  const { model, modelOptions, inputSize, normalization, decode: decoder, flipTest, batch: batchSize } = options;
  return {
    model,
    modelOptions,
    inputSize: inputSize && [inputSize[1], inputSize[0]],
    // Caffe's networks see blue, green, red.
    normalization: normalization === 'rtpose' ? { ...RTPOSE_PIXELS, reverseChannels: true } : undefined,
    decoder,
    flipTest,
    compile: options.compile ? compile : undefined,
    batchSize,
  };
}

const EXAMPLES = `
Examples:
  predict --input photo.jpg --checkpoint runs/coco-r50/checkpoints/best --overlays overlays
  predict --input frames/ --boxes detections.json --checkpoint pose_resnet_50_256x192.pth.tar --model pose_resnet50
  predict --input frames/ --boxes detections.json --checkpoint runs/coco-r50/checkpoints/best --track --overlays tracked
  predict --input 'photos/**/*.jpg' --checkpoint runs/openpose/checkpoints/best --out people.json`;

function addBox(text: string, boxes: Box[] = []): Box[] {
  const numbers = text.split(',').map((part) => (part.trim() === '' ? NaN : Number(part)));
  if (numbers.length !== 4 || !numbers.every(Number.isFinite) || numbers[2] <= 0 || numbers[3] <= 0) {
    throw new InvalidArgumentError('Expected x,y,width,height in image pixels, such as 40,25,120,260.');
  }
  return [...boxes, numbers as unknown as Box];
}
