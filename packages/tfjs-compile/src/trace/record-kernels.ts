import {
  backend,
  getBackend,
  getKernelsForBackend,
  registerKernel,
  unregisterKernel,
  type KernelBackend,
  type KernelConfig,
  type TensorInfo,
} from '@tensorflow/tfjs-core';
import { CompileError } from '../compile-error';
import { callSite } from './call-site';
import { convolutionShape } from './convolution-shape';

type KernelParams = Parameters<KernelConfig['kernelFunc']>[0];

/** Kernels that change what they are given: they have no place in a graph of values. */
const OVERWRITING = new Set(['AdamUpdate']);

/** Called after each kernel that the function calls itself, not after those that a kernel calls in turn. */
export type OnKernel = (
  name: string,
  inputs: Record<string, TensorInfo>,
  attributes: object,
  outputs: readonly TensorInfo[],
) => void;

/**
 * Runs something while every kernel of the active backend reports to `onKernel`. Convolutions, whose values nothing can
 * depend on, are not computed: most of a network's time is theirs. They give zeros.
 *
 * @throws CompileError when it reads the values of a tensor, draws random numbers, which a graph would repeat, or calls a
 *   kernel that overwrites its inputs; even where it catches the error
 */
export function recordKernels<T>(onKernel: OnKernel, run: () => T): T {
  let depth = 0;
  const refusals: CompileError[] = [];
  const refuse = (message: string): CompileError => {
    refusals.push(new CompileError(message));
    return refusals[0];
  };
  const kernels = getKernelsForBackend(getBackend());
  const fill = kernels.find(({ kernelName }) => kernelName === 'Fill')?.kernelFunc;
  const compute = ({ kernelName, kernelFunc }: KernelConfig, params: KernelParams): TensorInfo | TensorInfo[] => {
    if (!fill || depth > 1) return kernelFunc(params);
    const shape = convolutionShape(kernelName, params.inputs as Record<string, TensorInfo>, params.attrs ?? {});
    if (!shape) return kernelFunc(params);
    return fill({ inputs: {}, backend: params.backend, attrs: { shape: [...shape], value: 0, dtype: 'float32' } });
  };
  const recording = kernels.map((kernel): KernelConfig => ({
    ...kernel,
    kernelFunc: (params) => {
      if (OVERWRITING.has(kernel.kernelName)) throw refuse(overwrites(kernel.kernelName));
      depth++;
      let made: TensorInfo | TensorInfo[];
      try {
        made = compute(kernel, params);
      } finally {
        depth--;
      }
      if (depth === 0) {
        onKernel(kernel.kernelName, params.inputs as Record<string, TensorInfo>, params.attrs ?? {}, [made].flat());
      }
      return made;
    },
  }));
  const release = [forbidReads(backend(), () => depth > 0, refuse), forbidRandomNumbers(refuse)];
  replaceKernels(recording);
  try {
    const result = run();
    if (refusals.length > 0) throw refusals[0]; // the function caught it, or waits for values
    return result;
  } catch (error) {
    throw refusals[0] ?? error;
  } finally {
    replaceKernels(kernels);
    for (const undo of release) undo();
  }
}

function replaceKernels(kernels: readonly KernelConfig[]): void {
  for (const kernel of kernels) {
    unregisterKernel(kernel.kernelName, kernel.backendName);
    registerKernel(kernel);
  }
}

const overwrites = (kernel: string): string =>
  `Kernel ${kernel}, called at ${callSite() ?? 'an unknown place'}, overwrites its inputs. Leave it out of the ` +
  'function, and run it after the graph.';

type Refuse = (message: string) => CompileError;

/** A kernel may read what it needs. @returns what takes it back */
function forbidReads(active: KernelBackend, isInKernel: () => boolean, refuse: Refuse): () => void {
  const own = Object.getOwnPropertyDescriptors(active);
  const { read, readSync } = active;
  const refuseToRead = () =>
    refuse(
      `The function reads the values of a tensor, at ${callSite() ?? 'an unknown place'}. A graph runs without the ` +
        'program around it: return the tensor instead, and read it afterwards.',
    );
  active.readSync = (dataId) => {
    if (isInKernel()) return readSync.call(active, dataId);
    throw refuseToRead();
  };
  active.read = (dataId) => {
    if (isInKernel()) return read.call(active, dataId);
    refuseToRead();
    return new Promise(() => undefined); // what awaits it must not run on after the trace
  };
  return () => {
    for (const name of ['read', 'readSync'] as const) {
      Reflect.deleteProperty(active, name);
      if (own[name]) Object.defineProperty(active, name, own[name]);
    }
  };
}

/** Without a seed of their own, TensorFlow.js' random tensors take one from Math.random. @returns what takes it back */
function forbidRandomNumbers(refuse: Refuse): () => void {
  const { random } = Math;
  Math.random = () => {
    throw refuse(
      `The function draws random numbers, at ${callSite() ?? 'an unknown place'}. A graph would repeat the first ones: ` +
        'draw them outside and hand them in.',
    );
  };
  return () => void (Math.random = random);
}
