import { DatasetError } from './dataset-error';
import { createProgram } from './cli/program';

createProgram((text) => process.stdout.write(text))
  .parseAsync()
  .catch((error: unknown) => {
    // A fault of the data needs its message only; anything else is ours and needs its stack.
    console.error(error instanceof DatasetError ? `coco-dataset: ${error.message}` : error);
    process.exitCode = 1;
  });
