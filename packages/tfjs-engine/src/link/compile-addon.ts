import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { EngineError } from '../engine-error';
import type { TensorFlowFiles } from './tensorflow-files';

/** The C++ compiler: $CXX, c++, g++ or clang++, with the arguments that $CXX may carry. @throws EngineError */
export function findCompiler(): string[] {
  const candidates = [process.env.CXX ?? '', 'c++', 'g++', 'clang++'].map((words) => words.split(' ').filter(Boolean));
  const found = candidates.find(
    ([program, ...args]) => program && spawnSync(program, [...args, '--version']).status === 0,
  );
  if (found) return found;
  throw new EngineError(
    'No C++ compiler was found (tried $CXX, c++, g++, clang++). Install one: on Debian and Ubuntu `apt-get install g++`, ' +
      'on Fedora `dnf install gcc-c++`, on macOS `xcode-select --install`; or name it with the environment variable CXX.',
  );
}

/**
 * Compiles the C++ of tfjs-node, unchanged, as its binding.gyp has it, except that the libraries are found where they
 * lie: a TensorFlow that is opened at its own place finds what belongs to it, CUDA's libraries among it.
 *
 * @param root     the folder of tfjs-node or tfjs-node-gpu
 * @param headers  the folder of node_api.h
 * @param output   the addon to write
 * @throws EngineError with the compiler's last lines
 */
export function compileAddon(
  root: string,
  headers: string,
  { include, libraries, searchFolders }: TensorFlowFiles,
  [compiler, ...compilerArgs]: string[],
  output: string,
): void {
  const folders = new Set([...libraries.map((library) => dirname(library)), ...searchFolders]);
  const args = [
    ...compilerArgs,
    ...['-std=c++17', '-O2', '-fPIC', '-shared', '-DNAPI_VERSION=8'],
    ...[headers, join(root, '..'), include].flatMap((folder) => ['-I', folder]),
    ...['tfjs_backend.cc', 'tfjs_binding.cc'].map((source) => join(root, 'binding', source)),
    ...libraries,
    ...[...folders].flatMap((folder) => ['-Xlinker', '-rpath', '-Xlinker', folder]),
    ...(process.platform === 'darwin'
      ? ['-undefined', 'dynamic_lookup'] // Node-API comes from the running Node.js
      : ['-Wl,--disable-new-dtags']), // DT_RPATH also serves the libraries that TensorFlow's libraries load
    ...['-o', output],
  ];
  const { status, error, signal, stderr } = spawnSync(compiler, args, { encoding: 'utf8', maxBuffer: 2 ** 26 });
  if (status === 0) return;
  const last = (stderr ?? '').trimEnd().split('\n').slice(-15).join('\n');
  throw new EngineError(
    `${compiler} could not compile the addon (${error?.message ?? signal ?? `exit ${status}`}). Its last lines:\n${last}`,
  );
}
