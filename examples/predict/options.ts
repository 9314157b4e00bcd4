import { Command, InvalidArgumentError, Option } from 'commander';
import type { EnginePreference } from '@pose/tfjs-engine';

export type Box = [x: number, y: number, width: number, height: number];

/** The command line of predict.ts. */
export interface Options {
  image: string;
  checkpoint: string;
  /** Image pixels, one per person. */
  box?: Box[];
  out: string;
  overlay: string;
  engine: EnginePreference;
  flipTest: boolean;
}

export function parseOptions(argv: readonly string[]): Options {
  return new Command('predict')
    .description('Find the keypoints of the people in an image with a trained checkpoint.')
    .requiredOption('--image <file>', 'JPEG, PNG or WebP')
    .requiredOption('--checkpoint <folder>', 'such as runs/demo/checkpoints/best')
    .addOption(
      new Option('--box <x,y,w,h>', 'a person, image pixels; repeatable (default: the whole image)').argParser(addBox),
    )
    .option('--out <file>', 'keypoints in the form of COCO results', 'prediction.json')
    .option('--overlay <file>', 'the image with boxes and poses drawn on it', 'overlay.png')
    .addOption(
      new Option('--engine <name>', 'TensorFlow.js engine')
        .choices(['auto', 'cuda', 'native', 'wasm', 'cpu'])
        .default('auto'),
    )
    .option('--no-flip-test', 'skip the mirrored image: half the time, a little less accurate')
    .parse(argv, { from: 'user' })
    .opts<Options>();
}

function addBox(text: string, boxes: Box[] = []): Box[] {
  const numbers = text.split(',').map((part) => (part.trim() === '' ? NaN : Number(part)));
  if (numbers.length !== 4 || !numbers.every(Number.isFinite) || numbers[2] <= 0 || numbers[3] <= 0) {
    throw new InvalidArgumentError('Expected x,y,width,height in image pixels, such as 40,25,120,260.');
  }
  return [...boxes, numbers as Box];
}
