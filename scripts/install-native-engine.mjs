// Runs after each install: fetches the native part of @tensorflow/tfjs-node-gpu, which is optional. Its own install script,
// left to pnpm, prints a stack trace where its download is refused; here that is one line, and the install goes on.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runCommand } from './run-command.mjs';

const NAME = '@tensorflow/tfjs-node-gpu';
const engine = join(dirname(fileURLToPath(import.meta.url)), '../packages/tfjs-engine/package.json');

function packageFolder() {
  try {
    return dirname(createRequire(engine).resolve(`${NAME}/package.json`));
  } catch {
    return undefined; // pnpm leaves an optional package out where it does not fit the system
  }
}

const folder = packageFolder();
if (folder && !existsSync(join(folder, 'lib/napi-v8/tfjs_binding.node'))) {
  console.log(`Fetching the native part of ${NAME} (TensorFlow with CUDA; optional).`);
  try {
    await runCommand(process.execPath, ['scripts/install.js', 'gpu', 'download'], folder);
  } catch (error) {
    const reason = /^(?:\w*Error|HTTP.*): .*$/m.exec(error.message)?.[0] ?? 'its install script failed';
    console.warn(
      `Warning: the native part of ${NAME} could not be fetched (${reason}); WebAssembly, which needs nothing else, will be used instead.`,
    );
  }
}
