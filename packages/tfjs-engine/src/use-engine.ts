// The union package registers the gradients of all ops (tfjs-core alone has none in Node) and the cpu backend.
import '@tensorflow/tfjs';
import { getBackend, ready, setBackend, version_core } from '@tensorflow/tfjs-core';
import { EngineError } from './engine-error';
import type { EngineInfo, EngineKind } from './engine-info';
import { loadNative, NATIVE_PACKAGES } from './native/load-native';
import { loadWasm } from './wasm/load-wasm';

export type EnginePreference = 'auto' | EngineKind;
export const ENGINE_PREFERENCES: readonly EnginePreference[] = ['auto', 'cuda', 'native', 'wasm', 'cpu'];

/**
 * Chooses the TensorFlow.js engine, starts it and makes it the active backend.
 *
 * `auto` takes the first that works: tfjs-node-gpu (CUDA with a GPU, TensorFlow's CPU kernels without), tfjs-node,
 * WebAssembly. Call it once, before any tensor is made.
 *
 * @param options.prefer  'auto' (default), or one engine and no other
 * @returns what runs now, why, and what kept faster engines from running
 * @throws EngineError when a preferred engine is not there; the message tells how to get it
 */
export async function useEngine({ prefer = 'auto' }: { prefer?: EnginePreference } = {}): Promise<EngineInfo> {
  if (!ENGINE_PREFERENCES.includes(prefer)) {
    throw new EngineError(`Unknown engine '${prefer}': expected one of ${ENGINE_PREFERENCES.join(', ')}.`);
  }
  const notes: string[] = [];
  if (prefer !== 'wasm' && prefer !== 'cpu') {
    for (const name of NATIVE_PACKAGES) {
      const native = await loadNative(name);
      if (native.state === 'loaded') {
        const kind: EngineKind = native.backend.isUsingGpuDevice ? 'cuda' : 'native';
        if (prefer === 'cuda' && kind !== 'cuda') {
          throw new EngineError(
            `${name} is installed, but TensorFlow sees no CUDA GPU. Check nvidia-smi and CUDA_VISIBLE_DEVICES, or use --engine native.`,
          );
        }
        const why =
          prefer === 'auto' ? `${name} loaded; it is the fastest engine found.` : `'${prefer}' was asked for.`;
        const tensorflow = native.backend.binding.TF_Version;
        return { kind, backend: getBackend(), package: name, tensorflow, why, notes };
      }
      notes.push(describeMissing(name, native));
    }
    if (prefer !== 'auto') {
      throw new EngineError(`Engine '${prefer}' is not available. ${notes.join(' ')} Or use --engine wasm.`);
    }
  }
  if (prefer === 'cpu') {
    await setBackend('cpu');
    return { kind: 'cpu', backend: 'cpu', package: '@tensorflow/tfjs-backend-cpu', why: "'cpu' was asked for.", notes };
  }
  await loadWasm();
  await ready();
  const why =
    prefer === 'wasm' ? "'wasm' was asked for." : 'No native TensorFlow addon was found; WebAssembly needs none.';
  return { kind: 'wasm', backend: 'wasm', package: '@tensorflow/tfjs-backend-wasm', why, notes };
}

function describeMissing(name: string, native: { state: string; reason?: string }): string {
  return native.state === 'absent'
    ? `${name} is not installed (npm install ${name}@${version_core}).`
    : `${name} is installed, but its native part is missing or does not load.`;
}
