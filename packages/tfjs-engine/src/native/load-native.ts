import util from 'node:util';
import { backend, getKernelsForBackend, setBackend, unregisterKernel } from '@tensorflow/tfjs-core';
import { registerKernels } from '../register-kernels';
import { findNative, type NativePackage } from './find-native';
import { nativeKernels } from './kernels/native-kernels';
import type { NodeBackend } from './node-backend';

/** `absent`: not installed. `incomplete`: installed without its native part. `broken`: its native part does not load. */
export type MissingNative = { state: 'absent' } | { state: 'incomplete' } | { state: 'broken'; reason: string };
export type NativeState = { state: 'loaded'; backend: NodeBackend } | MissingNative;

/** Backends whose kernels are wrapped already. */
const prepared = new WeakSet<NodeBackend>();

/** Loads tfjs-node or tfjs-node-gpu, makes it the active backend and mends what its kernels refuse or get wrong. */
export async function loadNative(name: NativePackage): Promise<NativeState> {
  const installed = findNative(name);
  if (installed === undefined) return { state: 'absent' };
  if (!installed.hasAddon) return { state: 'incomplete' };
  // TensorFlow writes its information and warnings (instruction sets, libraries tried) to stderr; errors remain.
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '2';
  restoreUtilFunctions();
  try {
    installed.load();
    if (!(await setBackend('tensorflow'))) return broken(`its 'tensorflow' backend does not start`);
  } catch (error) {
    return broken(error instanceof Error ? error.message : String(error));
  }
  const native = backend() as NodeBackend;
  if (!prepared.has(native)) registerKernels(nativeKernels());
  prepared.add(native);
  return { state: 'loaded', backend: native };
}

/** What was registered before the failure goes, or the next package's kernels would warn about each one. */
function broken(message: string): NativeState {
  for (const { kernelName } of getKernelsForBackend('tensorflow')) unregisterKernel(kernelName, 'tensorflow');
  return { state: 'broken', reason: message.split('\n')[0].slice(0, 200) };
}

/**
 * tfjs-node 4.22 calls util.isNullOrUndefined and util.isArray, at any time and not just while it loads. Node 22 prints
 * a deprecation warning on the first call, Node 23 has removed them. These do the same as the originals.
 */
function restoreUtilFunctions(): void {
  Object.assign(util, {
    isNullOrUndefined: (value: unknown) => value === null || value === undefined,
    isArray: Array.isArray,
  });
}
