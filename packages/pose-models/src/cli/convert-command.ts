import type { LayersModel } from '@tensorflow/tfjs-layers';
import { Command } from 'commander';
import { readCheckpoint } from '../checkpoint/read-checkpoint';
import { ModelError } from '../model-error';
import { createModel, type ModelOptions } from '../registry';
import { loadTorchWeights, type LoadWeightsReport } from '../torch/load-weights';
import { saveTorchWeights } from '../torch/save-weights';
import { parseInput } from './parse-input';
import { readBytes, readModelFolder, writeModelFolder, writeNewFile } from './model-folder';

interface Options {
  model?: string;
  input?: string;
  keypoints?: string;
  options?: string;
  partial?: boolean;
  json?: boolean;
}

const HELP = `
<from>  weights of PyTorch (torch.save's .pth, .pt, .pth.tar, or .safetensors), for which --model says what they are
        weights of, or a folder with a model.json of TensorFlow.js, such as a run's checkpoints/best
<to>    a new file that ends in .safetensors, for PyTorch, or a new folder, for TensorFlow.js

  pose-models convert pose_resnet_50_256x192.pth.tar pose_resnet50 --model pose_resnet50
  pose-models convert resnet50-0676ba61.pth backbone --model pose_resnet50 --partial
  pose-models convert runs/coco/checkpoints/best best.safetensors`;

/** The command `pose-models convert`. */
export function convertCommand(): Command {
  return new Command('convert')
    .description('weights of PyTorch for TensorFlow.js, and the other way')
    .argument('<from>', 'weights')
    .argument('<to>', 'where to write them')
    .option('--model <name>', 'one of `pose-models list`')
    .option('--input <HEIGHTxWIDTH>', "network input in pixels (default: the model's)")
    .option('--keypoints <number>', "keypoints of the network (default: the model's)")
    .option('--options <json>', 'other options of the model, such as {"deconvFilters":[128,128,128]}')
    .option('--partial', 'take what fits and draw the rest, as for a backbone from ImageNet')
    .option('--json', 'print { model, scheme, loaded, missing, unexpected, misshapen, written }')
    .addHelpText('after', HELP)
    .action(async (from: string, to: string, options: Options) => {
      const { model, report } = await readWeights(from, options);
      const written = to.endsWith('.safetensors')
        ? await writeNewFile(to, await saveTorchWeights(model))
        : await writeModelFolder(to, model);
      if (options.json) console.log(JSON.stringify({ model: model.name, ...report, written }));
      else console.log([...(report ? describe(report) : []), `wrote ${written.join(', ')}`].join('\n'));
    });
}

async function readWeights(
  from: string,
  options: Options,
): Promise<{ model: LayersModel; report?: LoadWeightsReport }> {
  if (options.model === undefined) {
    if (/\.(pth|pt|tar|bin|safetensors)$/.test(from)) {
      throw new ModelError(`Expected --model, the name of the network that ${from} holds the weights of, found none`);
    }
    return { model: await readModelFolder(from) };
  }
  const bytes = await readBytes(from);
  const model = createModel(options.model, modelOptions(options));
  try {
    return { model, report: loadTorchWeights(model, readCheckpoint(bytes), { strict: !options.partial }) };
  } catch (error) {
    throw error instanceof ModelError ? new ModelError(`${from}: ${error.message}`, { cause: error }) : error;
  }
}

function modelOptions({ input, keypoints, options, partial }: Options): ModelOptions {
  const result = options === undefined ? {} : parseOptions(options);
  if (input !== undefined) result.inputSize = parseInput(input);
  if (keypoints !== undefined) result.keypoints = Number(keypoints);
  return { ...result, ...(partial ? {} : { seed: null }) };
}

function parseOptions(text: string): ModelOptions {
  let options: unknown;
  try {
    options = JSON.parse(text);
  } catch (cause) {
    throw new ModelError(`Expected JSON for --options, found ${text}: ${(cause as Error).message}`, { cause });
  }
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    throw new ModelError(`Expected a JSON object for --options, found ${text}`);
  }
  return options;
}

function describe({ scheme, loaded, missing, unexpected, misshapen }: LoadWeightsReport): string[] {
  const lines = [`loaded ${loaded.length} tensors (keys ${scheme})`];
  if (missing.length > 0) lines.push(`missing ${missing.length}: ${missing.join(', ')}`);
  if (unexpected.length > 0) lines.push(`unexpected ${unexpected.length}: ${unexpected.join(', ')}`);
  for (const { key, expected, found } of misshapen) {
    lines.push(`of another shape: ${key}, expected (${expected.join(', ')}), found (${found.join(', ')})`);
  }
  return lines;
}
