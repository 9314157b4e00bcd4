import { Command, InvalidArgumentError, Option } from 'commander';
import {
  addDataOptions,
  addEngineOptions,
  addRunOptions,
  addTopDownOptions,
  checkDataOptions,
  number,
  positiveInteger,
  type DataOptions,
  type EngineOptions,
  type RunOptions,
  type TopDownOptions,
} from '@pose/example-shared';
import { RECIPES, type Recipe, type RecipeName } from './recipes';

export interface Options extends DataOptions, EngineOptions, RunOptions, TopDownOptions {
  recipe: RecipeName;
  backbone: number;
  width: number;
  deconv: number;
  weightDecay: number;
  ohkm?: number;
  smallLoss: number;
}

/** The recipe's numbers are the defaults: it is read first. */
export function parseOptions(argv: readonly string[]): Options {
  const command = new Command('train-simplebaseline')
    .description('Train SimpleBaseline (Xiao et al. 2018) and evaluate it with COCO AP.')
    .addHelpText('after', EXAMPLES);
  const recipe: Recipe = RECIPES[recipeOf(argv)];
  command.addOption(
    new Option('--recipe <name>', 'whose published settings are the defaults')
      .choices(Object.keys(RECIPES))
      .default('microsoft'),
  );
  addDataOptions(command);
  command
    .addOption(
      new Option('--backbone <name>', 'resnet18, resnet34, resnet50, resnet101 or resnet152')
        .default(50, 'resnet50')
        .argParser(backbone),
    )
    .option(
      '--width <channels>',
      "channels of the backbone's first stage; less than 64 makes a slim network",
      positiveInteger,
      64,
    )
    .option('--deconv <channels>', 'width of the three transposed convolutions', positiveInteger, 256);
  addRunOptions(command, { epochs: 140, batch: recipe.batch, lr: 1e-3, out: 'runs/simplebaseline' });
  addTopDownOptions(command, {
    input: recipe.input,
    inputNote: 'multiples of 32',
    lrStep: [90, 120],
    lrFactor: 0.1,
    sigma: recipe.sigma,
    scaleFactor: 0.3,
    rotation: 40,
  });
  command
    .option('--weight-decay <f>', 'L2 penalty on the weights', number, 0)
    .option('--ohkm <k>', 'train on the k hardest keypoints of each person', positiveInteger)
    .option('--small-loss <share>', 'leave out this share of each batch, the largest losses', number, 0);
  addEngineOptions(command);
  const options = command.parse(argv, { from: 'user' }).opts<Options>();
  checkDataOptions(command, options);
  return options;
}

const EXAMPLES = `
Examples:
  train-simplebaseline --data /data/coco --out runs/coco-r50
  train-simplebaseline --data /data/coco --out runs/coco-r50 --resume
  train-simplebaseline --data /data/coco --recipe gluoncv --out runs/gluon-r50
  train-simplebaseline --synthetic --backbone resnet18 --input 128x96 --epochs 30 --lr-step 20,27`;

/** Commander checks the name later, and says what is wrong with it. */
function recipeOf(argv: readonly string[]): RecipeName {
  const at = argv.findIndex((argument) => argument === '--recipe' || argument.startsWith('--recipe='));
  const name = argv[at]?.includes('=') ? argv[at].split('=')[1] : argv[at + 1];
  return at >= 0 && Object.hasOwn(RECIPES, name) ? (name as RecipeName) : 'microsoft';
}

function backbone(text: string): number {
  const match = /^resnet(18|34|50|101|152)$/.exec(text);
  if (!match) throw new InvalidArgumentError('Expected resnet18, resnet34, resnet50, resnet101 or resnet152.');
  return Number(match[1]);
}
