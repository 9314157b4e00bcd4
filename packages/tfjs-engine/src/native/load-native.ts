import { backend, getKernelsForBackend, setBackend, unregisterKernel } from '@tensorflow/tfjs-core';
import { readLink, type LinkRecord } from '../link/link-record';
import { registerKernels } from '../register-kernels';
import { explainLoadFailure } from './explain-load-failure';
import { findNative, type NativePackage } from './find-native';
import { findTruncated } from './find-truncated';
import { nativeKernels } from './kernels/native-kernels';
import type { NodeBackend } from './node-backend';
import { restoreUtilFunctions } from './util-functions';

/** `absent`: not installed. `incomplete`: installed without its native part. `broken`: its native part does not load. */
export type MissingNative =
  { state: 'absent' } | { state: 'incomplete' } | { state: 'broken'; reason: string; link?: LinkRecord };
export type NativeState = { state: 'loaded'; backend: NodeBackend } | MissingNative;

/** Backends whose kernels are wrapped already. */
const prepared = new WeakSet<NodeBackend>();

/** Loads tfjs-node or tfjs-node-gpu, makes it the active backend and mends what its kernels refuse or get wrong. */
export async function loadNative(name: NativePackage): Promise<NativeState> {
  const installed = findNative(name);
  if (installed === undefined) return { state: 'absent' };
  if (!installed.hasAddon) return { state: 'incomplete' };
  const truncated = findTruncated(installed.root);
  if (truncated) return broken(`a file is cut short: ${truncated}`, undefined);
  // TensorFlow writes its information and warnings (instruction sets, libraries tried) to stderr; errors remain.
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '2';
  restoreUtilFunctions();
  try {
    installed.load();
    if (!(await setBackend('tensorflow'))) throw new Error(`its 'tensorflow' backend does not start`);
  } catch (error) {
    return broken(error, readLink(installed.root));
  }
  const native = backend() as NodeBackend;
  if (!prepared.has(native)) registerKernels(nativeKernels());
  prepared.add(native);
  return { state: 'loaded', backend: native };
}

/** What was registered before the failure goes, or the next package's kernels would warn about each one. */
function broken(error: unknown, link: LinkRecord | undefined): NativeState {
  for (const { kernelName } of getKernelsForBackend('tensorflow')) unregisterKernel(kernelName, 'tensorflow');
  return { state: 'broken', reason: explainLoadFailure(error), ...(link && { link }) };
}
