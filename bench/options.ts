import { Command, InvalidArgumentError, Option } from 'commander';

/** The command line of bench.ts. */
export interface Options {
  /** Network input, pixels. */
  input: [height: number, width: number];
  batch: number;
  seconds: number;
  json?: boolean;
}

export function parseOptions(argv: readonly string[]): Options {
  return new Command('bench')
    .description('Measure training, inference, the data pipeline and target generation on this machine.')
    .addOption(
      new Option('--input <HxW>', 'network input in pixels, multiples of 32')
        .default([256, 192], '256x192')
        .argParser(heightByWidth),
    )
    .option('--batch <n>', 'images per step', positiveInteger, 8)
    .option('--seconds <n>', 'how long each number is measured for (three runs at least)', positiveInteger, 10)
    .option('--json', 'print one JSON object instead of tables')
    .addHelpText(
      'after',
      '\nPyTorch is measured too where `python3 -c "import torch"` works; PYTHON names another interpreter.',
    )
    .parse(argv, { from: 'user' })
    .opts<Options>();
}

function heightByWidth(text: string): [number, number] {
  const match = /^(\d+)x(\d+)$/.exec(text);
  const sides = [Number(match?.[1]), Number(match?.[2])] as [number, number];
  if (!sides.every((side) => side > 0 && side % 32 === 0)) {
    throw new InvalidArgumentError('Expected HEIGHTxWIDTH, multiples of 32, such as 256x192.');
  }
  return sides;
}

function positiveInteger(text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text.trim()) || value === 0) throw new InvalidArgumentError('Expected a whole number above 0.');
  return value;
}
