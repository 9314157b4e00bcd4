#!/usr/bin/env node
import '@tensorflow/tfjs-backend-cpu';
import { enableProdMode } from '@tensorflow/tfjs-core';
import { Command } from 'commander';
import { convertCommand } from './cli/convert-command';
import { listCommand } from './cli/list-command';
import { summaryCommand } from './cli/summary-command';
import { ModelError } from './model-error';

enableProdMode(); // no banner about faster backends: nothing is computed here

new Command('pose-models')
  .description('Pose networks: which there are, what is in them, and weights from and for PyTorch.')
  .addCommand(listCommand())
  .addCommand(summaryCommand())
  .addCommand(convertCommand())
  .parseAsync()
  .catch((error: unknown) => {
    if (!(error instanceof ModelError)) throw error;
    console.error(`pose-models: ${error.message}`);
    process.exitCode = 1;
  });

// Without an export esbuild takes the file for CommonJS and wraps every module of the ESM build in lazy helpers.
export {};
