import { Command, InvalidArgumentError, Option } from 'commander';
import { DEVICES, type Device } from './compiled-ways';
import { heightByWidth, positiveInteger } from './shared';

const PARTS = [
  'networks',
  'compiled',
  'annotations',
  'samples',
  'targets',
  'decoding',
  'grouping',
  'evaluation',
] as const;
export type Part = (typeof PARTS)[number];

/** The command line of bench.ts. */
export interface Options {
  /** Network input, pixels. */
  input: [height: number, width: number];
  batch: number;
  /** That the part `compiled` runs on. */
  device: Device;
  /** Of the part `compiled`; by default `batch` alone. */
  batches?: readonly number[];
  /** Seconds that a step of the part `compiled` may take, the first one with its compilation. */
  limit: number;
  seconds: number;
  parts: readonly Part[];
  /** As `pose-engine bench` takes them. */
  engines?: string;
  models?: string;
  json?: boolean;
}

export function parseOptions(argv: readonly string[]): Options {
  return new Command('bench')
    .description(
      'Measure training, inference, op by op and compiled, the reading of annotations, training samples, targets, decoding, grouping and evaluation on this machine.',
    )
    .addOption(
      new Option('--input <HxW>', 'network input in pixels, multiples of 32')
        .default([256, 192], '256x192')
        .argParser(heightByWidth),
    )
    .option('--batch <n>', 'images per step', positiveInteger, 8)
    .addOption(
      new Option('--batches <n,...>', "images per step of the part 'compiled', in place of --batch").argParser(
        (text: string) => text.split(',').map(positiveInteger),
      ),
    )
    .addOption(new Option('--device <name>', "what the part 'compiled' runs on").choices(DEVICES).default('cpu'))
    .option(
      '--limit <seconds>',
      "how long a step of the part 'compiled' may take, compilation included",
      positiveInteger,
      120,
    )
    .option('--seconds <n>', 'how long each number is measured for (three runs at least)', positiveInteger, 10)
    .addOption(
      new Option('--parts <names>', `what to measure, of ${PARTS.join(', ')}`).default(PARTS, 'all').argParser(partsOf),
    )
    .option('--engines <names>', 'engines for training and inference, as in `pose-engine bench`')
    .option('--models <names>', 'models for training and inference, as in `pose-engine bench`')
    .option('--json', 'print one JSON object instead of tables')
    .addHelpText(
      'after',
      '\nPyTorch, pycocotools, OpenCV and numpy are measured too where python3 has them; PYTHON names another interpreter.',
    )
    .parse(argv, { from: 'user' })
    .opts<Options>();
}

function partsOf(text: string): readonly Part[] {
  const names = text.split(',');
  const unknown = names.find((name) => !(PARTS as readonly string[]).includes(name));
  if (unknown !== undefined) throw new InvalidArgumentError(`Expected names out of ${PARTS.join(', ')}.`);
  return names as Part[];
}
