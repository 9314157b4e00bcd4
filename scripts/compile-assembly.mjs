import { Buffer } from 'node:buffer';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Compiles a package's assembly/ to WebAssembly.
 *
 * @param {typeof import('assemblyscript/asc')} asc  the package's compiler
 * @param {string} root                              the package's folder
 * @param {string[]} options                         of the compiler
 * @returns {Promise<string>} base64
 */
export async function compileAssembly(asc, root, options) {
  let binary;
  const { error, stderr } = await asc.main(['assembly/index.ts', '--outFile', 'kernels.wasm', ...options], {
    readFile: (name, base) => {
      try {
        return readFileSync(join(base, name), 'utf8');
      } catch {
        return null; // asc tries several names for each import
      }
    },
    writeFile: (name, contents) => {
      if (name === 'kernels.wasm') binary = contents;
    },
    listFiles: () => [],
    baseDir: root,
  });
  if (error) {
    console.error(stderr.toString());
    throw error;
  }
  return Buffer.from(binary).toString('base64');
}
