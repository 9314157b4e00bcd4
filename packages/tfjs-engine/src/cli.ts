import { createProgram } from './program';

createProgram((text) => process.stdout.write(text))
  .parseAsync()
  .catch((error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  });
