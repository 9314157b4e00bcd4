import { Command, Option } from 'commander';
import {
  addDataOptions,
  addEngineOptions,
  addRunOptions,
  addTopDownOptions,
  checkDataOptions,
  number,
  positiveInteger,
  wholeNumber,
  type DataOptions,
  type EngineOptions,
  type RunOptions,
  type TopDownOptions,
} from '@pose/example-shared';

export interface Options extends DataOptions, EngineOptions, RunOptions, TopDownOptions {
  network: (typeof NETWORKS)[number];
  width?: number;
  warmup: number;
  halfBody: number;
}

const NETWORKS = ['litehrnet_18', 'litehrnet_30', 'naive_litehrnet_18', 'wider_naive_litehrnet_18'] as const;

/** The defaults are those of HRNet/Lite-HRNet, configs/top_down/lite_hrnet/coco/litehrnet_18_coco_256x192.py. */
export function parseOptions(argv: readonly string[]): Options {
  const command = new Command('train-lite-hrnet')
    .description('Train Lite-HRNet (Yu et al. 2021) and evaluate it with COCO AP.')
    .addHelpText('after', EXAMPLES);
  addDataOptions(command);
  command
    .addOption(new Option('--network <name>', 'which Lite-HRNet').choices(NETWORKS).default('litehrnet_18'))
    .option(
      '--width <channels>',
      "channels of the highest resolution, even, from 8 on (default: the network's published 40 or 30)",
      positiveInteger,
    );
  addRunOptions(command, { epochs: 210, batch: 64, lr: 2e-3, out: 'runs/lite-hrnet' });
  addTopDownOptions(command, {
    input: [256, 192],
    inputNote: 'multiples of 32; 384x288 makes batch 32 and sigma 3 the defaults',
    lrStep: [170, 200],
    lrFactor: 0.1,
    sigma: 2,
    scaleFactor: 0.25,
    rotation: 30,
  });
  command
    .option('--warmup <steps>', 'steps in which the rate rises from a thousandth', wholeNumber, 500)
    .option('--half-body <p>', 'share of crops of half a body, of people with more than 8 keypoints', number, 0.3);
  addEngineOptions(command);
  const options = command.parse(argv, { from: 'user' }).opts<Options>();
  checkDataOptions(command, options);
  return options.input.join('x') === '384x288' ? withDefaults(options, PUBLISHED_384x288, command) : options;
}

/** What litehrnet_18_coco_384x288.py sets otherwise. */
const PUBLISHED_384x288 = { batch: 32, sigma: 3 };

/** Other defaults: they replace what was not given on the command line. */
function withDefaults(options: Options, defaults: Partial<Options>, command: Command): Options {
  const unset = Object.entries(defaults).filter(([name]) => command.getOptionValueSource(name) === 'default');
  return { ...options, ...Object.fromEntries(unset) };
}

const EXAMPLES = `
Examples:
  train-lite-hrnet --data /data/coco --out runs/lite18
  train-lite-hrnet --data /data/coco --out runs/lite18 --resume
  train-lite-hrnet --data /data/coco --network litehrnet_30 --input 384x288 --out runs/lite30
  train-lite-hrnet --synthetic --network naive_litehrnet_18 --input 128x96 --epochs 30 --lr-step 24,28 --warmup 50`;
