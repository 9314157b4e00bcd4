import type { Graph } from '../graph/graph';
import { openOnnxTraining } from '../onnx/training/open-onnx-training';
import { defaultRuntime, PROVIDERS, type Runtime } from '../runtime';
import { openTensorFlowTraining } from '../tensorflow/training/open-tensorflow-training';
import type { TrainingExecutable } from './training-executable';
import type { VariableUpdate } from './variable-update';

export interface TrainingGraphOptions {
  /** Default: TensorFlow where its engine is active, else ONNX Runtime. */
  runtime?: Runtime;
  /** The output, a float32 scalar, that must be finite for a step to change anything. Default: none. */
  loss?: string;
}

/**
 * Loads a graph of a loss and its gradients into a runtime, with the optimizer's steps as a part of it. Variables stay in
 * the runtime from step to step.
 *
 * @param updates  one for each variable that moves; their gradients are outputs of the graph, which then are not returned
 * @throws CompileError when an update names no output of the graph or one of another shape than its variable, two change
 *   the same variable, the loss is none, a kernel has no counterpart in the runtime, or the runtime is not there
 */
export async function openTraining(
  graph: Graph,
  updates: readonly VariableUpdate[],
  { runtime = defaultRuntime(), loss }: TrainingGraphOptions = {},
): Promise<TrainingExecutable> {
  if (runtime === 'tensorflow') return openTensorFlowTraining(graph, updates, loss);
  return openOnnxTraining(graph, updates, loss, PROVIDERS[runtime]);
}
