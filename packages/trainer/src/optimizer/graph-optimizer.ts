import type * as tf from '@tensorflow/tfjs-core';
import type { VariableUpdate } from '@pose/tfjs-compile';
import type { NamedVariables, Optimizer } from './optimizer';

/** An optimizer whose steps can be a part of a TensorFlow graph, which keeps its state then. */
export interface GraphOptimizer extends Optimizer {
  /** Steps so far. */
  readonly steps: number;
  /**
   * What `apply` moves variables along, as a part of a traced function: their gradients, with a penalty's where there is
   * one.
   *
   * @param variables  that have gradients
   * @returns by `variable.name`
   */
  slopes(variables: NamedVariables, gradients: tf.NamedTensorMap): tf.NamedTensorMap;
  /** The steps for a graph. @param outputOf  names the output that holds a variable's slope */
  updates(variables: NamedVariables, outputOf: (variable: tf.Variable) => string): VariableUpdate[];
  /** Counts a step that was taken in a graph. */
  countStep(variables: NamedVariables): void;
}

export const isGraphOptimizer = (optimizer: Optimizer): optimizer is GraphOptimizer => 'updates' in optimizer;
