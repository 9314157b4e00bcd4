import { createRequire } from 'node:module';
import util from 'node:util';
import { backend, registerKernel, setBackend } from '@tensorflow/tfjs-core';
import { EngineError } from '../engine-error';
import { batchNormTrain, batchNormTrainGrad } from './batch-norm';
import type { NodeBackend } from './node-backend';

/** Both carry the same backend; the first also drives CUDA where there is a GPU. */
export const NATIVE_PACKAGES = ['@tensorflow/tfjs-node-gpu', '@tensorflow/tfjs-node'] as const;
export type NativePackage = (typeof NATIVE_PACKAGES)[number];

/** `absent`: not installed. `broken`: installed, but its native part is missing or does not load. */
export type NativeState =
  { state: 'loaded'; backend: NodeBackend } | { state: 'absent' } | { state: 'broken'; reason: string };

/**
 * Loads tfjs-node or tfjs-node-gpu, makes it the active backend and adds the fused training kernels.
 * Packages are looked up from the running project first, then from this package.
 */
export async function loadNative(name: NativePackage): Promise<NativeState> {
  const found = resolveFrom(name, [`${process.cwd()}/package.json`, import.meta.url]);
  if (found === undefined) return { state: 'absent' };
  const [require, file] = found;
  try {
    withRemovedUtilFunctions(() => require(file));
  } catch (error) {
    return { state: 'broken', reason: firstLine(error) };
  }
  if (!(await setBackend('tensorflow'))) {
    throw new EngineError(`${name} loaded, but TensorFlow.js could not start its 'tensorflow' backend.`);
  }
  const native = backend() as NodeBackend;
  // With cuDNN the gradient's reserved inputs are something else (inverse deviations); there the composite form serves.
  if (!native.isUsingGpuDevice) {
    registerKernel(batchNormTrain);
    registerKernel(batchNormTrainGrad);
  }
  return { state: 'loaded', backend: native };
}

function resolveFrom(name: string, origins: string[]): [NodeJS.Require, string] | undefined {
  for (const origin of origins) {
    const require = createRequire(origin);
    try {
      return [require, require.resolve(name)];
    } catch {
      continue;
    }
  }
  return undefined;
}

/** tfjs-node 4.22 calls two functions that Node 23 removed from `util`; they are supplied and stay on that module only. */
function withRemovedUtilFunctions(load: () => void): void {
  const legacy = util as unknown as Record<string, unknown>;
  legacy.isNullOrUndefined ??= (value: unknown) => value === null || value === undefined;
  legacy.isArray ??= Array.isArray;
  load();
}

function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.split('\n')[0].slice(0, 200);
}
