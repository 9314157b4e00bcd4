import type * as tf from '@tensorflow/tfjs-core';

/** Variables by a name that is the same in every process (tfjs' own `variable.name` gets a number when a name is used twice). */
export type NamedVariables = Readonly<Record<string, tf.Variable>>;

/** An optimizer's state as plain numbers. */
export interface OptimizerState {
  /** Of the optimizer that it belongs to. */
  kind: string;
  /** Calls of `apply` so far. */
  step: number;
  /** The variables that have been moved so far. */
  names: string[];
  /** Steps that each of `names` has taken, fewer than `step` where it had no gradient; Adam's bias correction counts these. */
  steps: number[];
  /** Tensors per variable. */
  slots: number;
  /** The slots of every variable, one after the other, in the order of `names`. */
  values: Float32Array;
}

/** Moves variables along their gradients. */
export interface Optimizer {
  /** Name of the algorithm, which a saved state carries. */
  readonly kind: string;
  /**
   * Moves every variable that has a gradient one step; the others are left alone.
   *
   * @param gradients  by `variable.name`, each of its variable's shape, as `tf.variableGrads` returns them; not disposed
   */
  apply(variables: NamedVariables, gradients: tf.NamedTensorMap, learningRate: number): void;
  /** Downloads the state. */
  state(): OptimizerState;
  /** Takes up a saved state for these variables. @throws TrainerError when it belongs to other variables or another kind */
  restore(state: OptimizerState, variables: NamedVariables): void;
  /** Frees the state; the next step starts from nothing. */
  dispose(): void;
}
