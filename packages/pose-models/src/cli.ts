#!/usr/bin/env node
import '@tensorflow/tfjs-backend-cpu';
import { enableProdMode } from '@tensorflow/tfjs-core';
import { Command } from 'commander';
import { createModel, formatSummary, listModels, ModelError, summary } from './index';

enableProdMode(); // no banner about faster backends: nothing is computed here

const program = new Command('pose-models').description('Pose networks: which there are, and what is in them.');

program
  .command('list')
  .description('the registered models')
  .option('--json', 'print [{ name, params, source }]')
  .action(({ json }: { json?: boolean }) => {
    const models = listModels();
    if (json) return console.log(JSON.stringify(models));
    const width = Math.max(...models.map(({ name }) => name.length));
    for (const { name, params, source } of models) {
      console.log(`${name.padEnd(width)}  ${params.toLocaleString('en-US').padStart(11)} parameters  ${source}`);
    }
  });

program
  .command('summary')
  .description('layers, parameters and multiply-adds of a model')
  .argument('<name>', 'one of `pose-models list`')
  .option('--input <HEIGHTxWIDTH>', "network input in pixels; the model's published one by default")
  .option('--json', 'print { name, input, params, trainable, macs }')
  .action((name: string, { input, json }: { input?: string; json?: boolean }) => {
    const model = createModel(name, { inputSize: input === undefined ? undefined : parseInput(input), seed: null });
    const all = summary(model);
    if (!json) return console.log(formatSummary(all));
    const { params, trainable, macs } = all;
    const [, height, width] = model.inputs[0].shape;
    console.log(JSON.stringify({ name, input: `${height}x${width}`, params, trainable, macs }));
  });

/** `256x192` to [width, height]. */
function parseInput(input: string): [number, number] {
  const match = /^(\d+)x(\d+)$/.exec(input);
  if (!match) throw new ModelError(`Expected --input HEIGHTxWIDTH such as 256x192, found ${input}`);
  return [Number(match[2]), Number(match[1])];
}

try {
  program.parse();
} catch (error) {
  if (!(error instanceof ModelError)) throw error;
  console.error(`pose-models: ${error.message}`);
  process.exitCode = 1;
}

// Without an export esbuild takes the file for CommonJS and wraps every module of the ESM build in lazy helpers.
export {};
