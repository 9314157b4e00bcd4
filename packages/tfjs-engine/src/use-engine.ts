// The union package registers the gradients of all ops (tfjs-core alone has none in Node) and the cpu backend.
import '@tensorflow/tfjs';
import { getBackend, setBackend, type KernelConfig } from '@tensorflow/tfjs-core';
import { cpuFusedKernels } from './cpu/fused-kernels';
import { cpuGradientKernels } from './cpu/gradient-kernels';
import { describeDevice } from './device/describe-device';
import { EngineError } from './engine-error';
import { ENGINE_KINDS, type EngineInfo, type EngineKind } from './engine-info';
import { setFusedKernels } from './fused-kernels';
import { registerGradients } from './gradients/register-gradients';
import { NATIVE_PACKAGES, type NativePackage } from './native/find-native';
import { nativeFusedKernels } from './native/kernels/fused-kernels';
import { loadNative, type MissingNative } from './native/load-native';
import { describeMissing, linkCommands, remedy } from './native/missing-native';
import type { NodeBackend } from './native/node-backend';
import { registerKernels } from './register-kernels';
import { loadWasm } from './wasm/load-wasm';
import { startHelper } from './wasm/parallel/start-helper';
import { wasmFusedKernels } from './wasm/fused-kernels';

export type EnginePreference = 'auto' | EngineKind;
export const ENGINE_PREFERENCES: readonly EnginePreference[] = ['auto', ...ENGINE_KINDS];

export interface EngineOptions {
  /** 'auto', or one engine and no other. */
  prefer?: EnginePreference;
  /**
   * Default true. With false, batch normalisation, the gradient of ReLU, Adam and, on native, FusedConv2DAdd and
   * FusedConv2DTranspose are composed of TensorFlow.js' elementary ops: slower, for comparison and where a fused kernel
   * is under suspicion.
   */
  fusedKernels?: boolean;
}

/** By the backend's name. */
const FUSED_KERNELS: Record<string, readonly KernelConfig[]> = {
  tensorflow: nativeFusedKernels,
  wasm: wasmFusedKernels,
  cpu: cpuFusedKernels,
};

/**
 * Chooses the TensorFlow.js engine, starts it and makes it the active backend.
 *
 * `auto` takes the first that works: tfjs-node-gpu (CUDA with a GPU, TensorFlow's CPU kernels without), tfjs-node,
 * WebAssembly. Call it before any tensor is made.
 *
 * @returns what runs now, why, and what kept faster engines from running
 * @throws EngineError when a preferred engine is not there; the message tells how to get it
 */
export async function useEngine({ prefer = 'auto', fusedKernels = true }: EngineOptions = {}): Promise<EngineInfo> {
  if (!ENGINE_PREFERENCES.includes(prefer)) {
    throw new EngineError(`Unknown engine '${prefer}': expected one of ${ENGINE_PREFERENCES.join(', ')}.`);
  }
  const engine = await startEngine(prefer);
  registerGradients();
  setFusedKernels(FUSED_KERNELS[engine.backend] ?? [], fusedKernels);
  return { ...engine, fusedKernels };
}

type Started = Omit<EngineInfo, 'fusedKernels'>;

async function startEngine(prefer: EnginePreference): Promise<Started> {
  if (prefer === 'cpu') return startCpu();
  if (prefer === 'wasm') return startWasm(`'wasm' was asked for.`, []);

  // tfjs-node never uses a GPU.
  const { loaded, missing } = await tryNative(prefer === 'cuda' ? NATIVE_PACKAGES.slice(0, 1) : NATIVE_PACKAGES);
  if (loaded) return describeNative(prefer, loaded, missing);
  if (prefer !== 'auto') throw notAvailable(prefer, missing);
  return startWasm('No native TensorFlow engine works here; WebAssembly needs none.', [
    note(missing, 'training will be slower'),
  ]);
}

type Missing = [NativePackage, MissingNative];
interface Loaded {
  name: NativePackage;
  backend: NodeBackend;
}

async function tryNative(names: readonly NativePackage[]): Promise<{ loaded?: Loaded; missing: Missing[] }> {
  const missing: Missing[] = [];
  for (const name of names) {
    const native = await loadNative(name);
    if (native.state === 'loaded') return { loaded: { name, backend: native.backend }, missing };
    missing.push([name, native]);
  }
  return { missing };
}

function describeNative(prefer: EnginePreference, { name, backend }: Loaded, missing: Missing[]): Started {
  const kind: EngineKind = backend.isUsingGpuDevice ? 'cuda' : 'native';
  if (prefer === 'cuda' && kind !== 'cuda') {
    throw new EngineError(
      `${name} is installed, but TensorFlow sees no CUDA GPU. Check nvidia-smi and CUDA_VISIBLE_DEVICES, or choose 'native'.`,
    );
  }
  const why = prefer === 'auto' ? `${name} loaded; it is the fastest engine found.` : `'${prefer}' was asked for.`;
  const unusable = missing.filter(([, { state }]) => state !== 'absent');
  return {
    kind,
    backend: getBackend(),
    package: name,
    ...describeDevice(kind),
    tensorflow: backend.binding.TF_Version,
    why,
    notes: unusable.length > 0 ? [note(unusable, 'no GPU will be used')] : [],
  };
}

/** The one line of warning: of an installed package that does not work, else that there is none. */
function note(missing: Missing[], consequence: string): string {
  const unusable = missing.find(([, { state }]) => state !== 'absent');
  const fact = unusable ? describeMissing(...unusable) : 'No native TensorFlow engine is installed';
  return `${fact}: ${consequence}. \`npx pose-engine doctor\` tells how to change that.`;
}

function notAvailable(prefer: 'cuda' | 'native', missing: Missing[]): EngineError {
  const facts = missing.map((one) => describeMissing(...one)).join(', ');
  const [name, nearest] = missing.find(([, { state }]) => state !== 'absent') ?? missing[0];
  const { npm, pnpm } = remedy(name, nearest);
  const isLinked = nearest.state === 'broken' && nearest.link !== undefined;
  const otherwise = `; where its download is refused, \`${linkCommands(prefer === 'cuda' ? 'cuda' : 'cpu').npm}\``;
  return new EngineError(
    `Engine '${prefer}' is not available: ${facts}. To get it: \`${npm}\` (pnpm: \`${pnpm}\`)${isLinked ? '' : otherwise}; ` +
      `\`npx pose-engine doctor\` tells more. Or choose 'wasm'.`,
  );
}

/** The number of threads, once WebAssembly was started: its kernels are shared out between threads only once. */
let wasmThreads: Promise<number> | undefined;

async function startWasm(why: string, notes: string[]): Promise<Started> {
  wasmThreads ??= loadWasm().then(startHelper);
  const threads = await wasmThreads;
  await setBackend('wasm');
  const device = describeDevice('wasm');
  return { kind: 'wasm', backend: 'wasm', package: '@tensorflow/tfjs-backend-wasm', ...device, threads, why, notes };
}

async function startCpu(): Promise<Started> {
  registerKernels(cpuGradientKernels);
  await setBackend('cpu');
  const why = `'cpu' was asked for.`;
  const device = describeDevice('cpu');
  return { kind: 'cpu', backend: 'cpu', package: '@tensorflow/tfjs-backend-cpu', ...device, why, notes: [] };
}
