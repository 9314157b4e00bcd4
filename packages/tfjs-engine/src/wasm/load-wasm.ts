import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { backend, setBackend } from '@tensorflow/tfjs-core';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { EngineError } from '../engine-error';
import { registerKernels } from '../register-kernels';
import { fusedConv2dKernel } from './conv2d';
import { wasmGradientKernels } from './gradient-kernels';
import { guardAllocations } from './heap-limit';
import { reluKernel } from './relu';
import { castKernel } from './share-memory';
import { sliceKernel } from './slice';
import { wasmTrainingKernels } from './training-kernels';
import type { BackendWasm } from './wasm-backend';

/** Starts tfjs' WebAssembly backend from the files of its npm package and adds the training kernels that it lacks. */
export async function loadWasm(): Promise<void> {
  const require = createRequire(import.meta.url);
  const entry = require.resolve('@tensorflow/tfjs-backend-wasm');
  setWasmPaths(join(dirname(entry), '/'));
  // The last ones call those of tfjs, which must be registered until then.
  const replacements = [castKernel(), fusedConv2dKernel(), reluKernel(), sliceKernel()];
  registerKernels([...wasmTrainingKernels, ...wasmGradientKernels, ...replacements]);
  if (!(await setBackend('wasm'))) {
    throw new EngineError(
      `TensorFlow.js could not start its WebAssembly backend from ${dirname(entry)}. Reinstall @tensorflow/tfjs-backend-wasm.`,
    );
  }
  guardAllocations(backend() as BackendWasm);
}
