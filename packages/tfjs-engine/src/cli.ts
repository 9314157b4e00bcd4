import { EngineError } from './engine-error';
import { createProgram } from './program';

createProgram((text) => process.stdout.write(text))
  .parseAsync()
  .catch((error: unknown) => {
    console.error(error instanceof EngineError ? `pose-engine: ${error.message}` : error);
    process.exitCode = 1;
  });
