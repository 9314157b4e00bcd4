import type { NamedTensorMap, Variable } from '@tensorflow/tfjs-core';
import type { Executable } from './executable';
import type { Precision } from './graph/graph';
import { openOnnx } from './onnx/open-onnx';
import { freezeVariables } from './passes/freeze-variables';
import { optimize } from './passes/optimize';
import { reducePrecision } from './passes/reduce-precision';
import { variablesToInputs } from './passes/variables-to-inputs';
import { defaultRuntime, PROVIDERS, type Runtime } from './runtime';
import { openTensorFlow } from './tensorflow/open-tensorflow';
import { trace, type TensorFunction } from './trace/trace';

export interface CompileOptions {
  /** Default: TensorFlow where its engine is active, else ONNX Runtime. */
  runtime?: Runtime;
  /**
   * Take the present values of variables that the function does not assign for constants: convolutions take up the batch
   * normalisation after them, and the runtime packs filters once. For a network that only predicts. Default false.
   */
  frozen?: boolean;
  /**
   * Variables that become inputs of these names: each run is given the values to use in their place. For a network whose
   * weights are other tensors from time to time. Default none.
   */
  parameters?: Readonly<Record<string, Variable>>;
  /**
   * In which type convolutions and matrix products compute, as `reducePrecision` has it. Default 'float32'. ONNX Runtime
   * takes no 'bfloat16'.
   */
  precision?: Precision;
}

/**
 * Traces a function and loads its graph into a runtime.
 *
 * @param exampleInputs  tensors of the shapes and types that it will be run on; only shapes and types count
 * @throws CompileError when the function cannot be traced or assigns a parameter, a kernel has no counterpart in the
 *   runtime, or the runtime is not there; the message tells what to do
 */
export async function compile(
  fn: TensorFunction,
  exampleInputs: NamedTensorMap,
  { runtime = defaultRuntime(), frozen = false, parameters = {}, precision = 'float32' }: CompileOptions = {},
): Promise<Executable> {
  const traced = variablesToInputs(trace(fn, exampleInputs), parameters);
  const graph = reducePrecision(optimize(frozen ? freezeVariables(traced) : traced), precision);
  return runtime === 'tensorflow' ? openTensorFlow(graph) : openOnnx(graph, PROVIDERS[runtime]);
}
