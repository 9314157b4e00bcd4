import {
  backend,
  engine,
  getBackend,
  getKernelsForBackend,
  registerKernel,
  SplitV,
  unregisterKernel,
  type KernelConfig,
  type TensorInfo,
} from '@tensorflow/tfjs-core';
import { CompileError } from '../compile-error';
import { callSite } from './call-site';
import { countReferences, forbidRandomNumbers, forbidReads } from './guards';
import { outputShapes } from './output-shapes';
import { ShapeBackend } from './shape-backend';

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
 * Runs something while every kernel of the active backend reports to `onKernel`. Values, which nothing can depend on, are
 * computed by those kernels alone whose outputs' shapes are not known otherwise: a trace takes little time, and memory
 * for little more than the variables. To those, what was not computed is zeros.
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
  const uncomputed = new ShapeBackend();
  const recording = kernels.map((kernel): KernelConfig => ({
    ...kernel,
    kernelFunc: (params) => {
      if (OVERWRITING.has(kernel.kernelName)) throw refuse(overwrites(kernel.kernelName));
      depth++;
      let made: TensorInfo | TensorInfo[];
      try {
        made = depth > 1 ? kernel.kernelFunc(params) : computeLittle(kernel, params, uncomputed);
      } finally {
        depth--;
      }
      if (depth === 0) {
        onKernel(kernel.kernelName, params.inputs as Record<string, TensorInfo>, params.attrs ?? {}, [made].flat());
      }
      return made;
    },
  }));
  const isInKernel = () => depth > 0;
  const release = [
    forbidReads(backend(), isInKernel, refuse),
    forbidReads(uncomputed, isInKernel, refuse),
    countReferences(backend(), uncomputed),
    forbidRandomNumbers(refuse),
  ];
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
    uncomputed.endTrace();
  }
}

/** What a kernel gives, computed where its shapes are not known otherwise. */
function computeLittle(
  { kernelName, kernelFunc }: KernelConfig,
  params: KernelParams,
  uncomputed: ShapeBackend,
): TensorInfo | TensorInfo[] {
  const inputs = params.inputs as Record<string, TensorInfo>;
  const shapes = outputShapes(kernelName, inputs, params.attrs ?? {});
  if (shapes) {
    const made = shapes.map((shape) => uncomputed.make(shape));
    return made.length > 1 || kernelName === SplitV ? made : made[0];
  }
  // The inputs come first: the kernel takes views of memory, which they may move.
  for (const input of Object.values(inputs)) {
    if (input && uncomputed.has(input.dataId)) engine().moveData(backend(), input.dataId);
  }
  return kernelFunc(params);
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
