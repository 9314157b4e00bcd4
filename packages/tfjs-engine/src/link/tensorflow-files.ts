import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { EngineError } from '../engine-error';

/** An installed TensorFlow: what the addon is compiled and linked against. */
export interface TensorFlowFiles {
  include: string;
  /** The library that holds the C API, and libtensorflow_framework. */
  libraries: [string, string];
  /** More folders in which libraries that TensorFlow loads are looked for, such as CUDA's. */
  searchFolders: string[];
  option: '--python' | '--libtensorflow';
  value: string;
}

/** `libtensorflow.so.2`, on macOS `libtensorflow.2.dylib`. */
export function libraryFile(name: string): string {
  return process.platform === 'darwin' ? `lib${name}.2.dylib` : `lib${name}.so.2`;
}

const HEADERS = ['tensorflow/c/c_api.h', 'tensorflow/c/eager/c_api.h', 'tensorflow/core/platform/ctstring_internal.h'];

/** @throws EngineError that names the first file that is missing; `expected` says what the folder should have been */
export function checkFiles({ include, libraries }: TensorFlowFiles, expected: string): void {
  const missing = [...HEADERS.map((header) => join(include, header)), ...libraries].find((file) => !existsSync(file));
  if (missing) throw new EngineError(`Expected ${expected}, but there is no ${missing}.`);
}
