import { getBackend, type NamedTensorMap } from '@tensorflow/tfjs-core';
import type { Executable } from './executable';
import { openOnnx } from './onnx/open-onnx';
import { freezeVariables } from './passes/freeze-variables';
import { optimize } from './passes/optimize';
import { openTensorFlow } from './tensorflow/open-tensorflow';
import { trace, type TensorFunction } from './trace/trace';

export const RUNTIMES = ['tensorflow', 'onnx'] as const;
/** What runs a graph: TensorFlow through the native engine that is active, or ONNX Runtime beside any engine. */
export type Runtime = (typeof RUNTIMES)[number];

export interface CompileOptions {
  /** Default: TensorFlow where its engine is active, else ONNX Runtime. */
  runtime?: Runtime;
  /**
   * Take the present values of variables that the function does not assign for constants: convolutions take up the batch
   * normalisation after them, and the runtime packs filters once. For a network that only predicts. Default false.
   */
  frozen?: boolean;
}

/**
 * Traces a function and loads its graph into a runtime.
 *
 * @param exampleInputs  tensors of the shapes and types that it will be run on; only shapes and types count
 * @throws CompileError when the function cannot be traced, a kernel has no counterpart in the runtime, or the runtime is
 *   not there; the message tells what to do
 */
export async function compile(
  fn: TensorFunction,
  exampleInputs: NamedTensorMap,
  { runtime = defaultRuntime(), frozen = false }: CompileOptions = {},
): Promise<Executable> {
  const traced = trace(fn, exampleInputs);
  const graph = optimize(frozen ? freezeVariables(traced) : traced);
  return runtime === 'tensorflow' ? openTensorFlow(graph) : openOnnx(graph);
}

/** The runtime that suits the active backend. */
export function defaultRuntime(): Runtime {
  return getBackend() === 'tensorflow' ? 'tensorflow' : 'onnx';
}
