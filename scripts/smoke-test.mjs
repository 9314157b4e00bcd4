import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand } from './run-command.mjs';

/** What a user of the package has to install beside it and its peers, for it to do anything: a TensorFlow.js backend. */
const BESIDE = {
  'pose-losses': ['@tensorflow/tfjs-backend-cpu@4.22.0'],
  'tfjs-compile': ['@tensorflow/tfjs-backend-cpu@4.22.0'],
};

/**
 * Installs a packed package in an empty folder and uses it from ESM, CommonJS and TypeScript.
 *
 * @param {{ root: string, name: string, folder: string, manifest: object, tarballs: string[] }} options
 *   root of the repository; name of the package, without scope; the empty folder; the package's package.json; its
 *   tarball and those of its dependencies in this repository
 * @throws {Error} with the output of the program that failed
 */
export async function smokeTest({ root, name, folder, manifest, tarballs }) {
  const write = (file, text) => writeFile(join(folder, file), text);
  await write('package.json', JSON.stringify({ private: true }));
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error'];
  await runCommand('npm', ['install', ...quiet, ...tarballs, ...(BESIDE[name] ?? [])], folder);

  const esm = await readFile(join(root, 'scripts', 'smoke', `${name}.mjs`), 'utf8');
  const noAwait = (source) => source.replace(/^await main\(\);$/m, 'main();');
  await write('smoke.mjs', esm);
  await write('smoke.cjs', noAwait(toRequire(esm)));
  await write('smoke.mts', esm);
  await write('smoke.cts', noAwait(esm));
  await write('tsconfig.json', JSON.stringify(tsconfig(root, esm, manifest)));
  await write('exports.mjs', sameExports(manifest.name));

  for (const file of ['smoke.mjs', 'smoke.cjs', 'exports.mjs']) await runCommand(process.execPath, [file], folder);
  await runCommand(process.execPath, [join(root, 'node_modules', 'typescript', 'bin', 'tsc')], folder);
  for (const command of Object.keys(manifest.bin ?? {})) {
    await runCommand(join(folder, 'node_modules', '.bin', command), ['--help'], folder);
  }
}

/** The import declarations of a module as require calls. */
function toRequire(source) {
  return source
    .replace(/^import '(.*)';$/gm, "require('$1');")
    .replace(/^import ([^;]*?) from '(.*)';$/gm, (_, names, from) => {
      return `const ${names.replace('* as ', '').replaceAll(' as ', ': ')} = require('${from}');`;
    });
}

/** smoke.mts is an ES module, smoke.cts a CommonJS one. */
function tsconfig(root, source, manifest) {
  const usesTensorFlow = '@tensorflow/tfjs-core' in (manifest.peerDependencies ?? {});
  return {
    compilerOptions: {
      module: 'nodenext',
      target: 'es2022',
      lib: ['es2022'],
      strict: true,
      noEmit: true,
      typeRoots: [join(root, 'node_modules', '@types')],
      // A package whose example needs no Node.js must not need its types either.
      types: source.includes("from 'node:") ? ['node'] : [],
      // The declarations of TensorFlow.js do not pass; all others must.
      skipLibCheck: usesTensorFlow,
    },
    files: ['smoke.mts', 'smoke.cts'],
  };
}

function sameExports(name) {
  return `
import { createRequire } from 'node:module';
import * as esm from '${name}';
const names = (exports) => Object.keys(exports).filter((name) => name !== 'default' && name !== 'module.exports').sort().join();
const cjs = createRequire(import.meta.url)('${name}');
if (names(esm) !== names(cjs)) throw new Error(\`ESM exports \${names(esm)}; CommonJS exports \${names(cjs)}\`);
`;
}
