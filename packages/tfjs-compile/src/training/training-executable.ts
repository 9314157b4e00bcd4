import type { NamedTensorMap, Variable } from '@tensorflow/tfjs-core';

/** What an optimizer step is taken with. */
export interface StepOptions {
  readonly learningRate: number;
  /** Which step it is, from 1. */
  readonly step: number;
}

/** A training step that a runtime has loaded, its variables with it. */
export interface TrainingExecutable {
  /**
   * One step: computes the graph, moves the variables along their gradients and assigns what the graph assigns, all in
   * the runtime. The tf.Variables keep what they held, until `sync`. One that was assigned anew since the last `sync` goes
   * into the runtime first, in place of the value there.
   *
   * @param inputs  by the graph's names, of its shapes and types; not disposed of
   * @returns the outputs from before the step, without the gradients; for the caller to dispose of
   * @throws CompileError when an input is missing or of another shape or type, or the runtime fails; no variable has
   *   changed then, unless TensorFlow failed in the optimizer's own ops
   */
  run(inputs: NamedTensorMap, options: StepOptions): Promise<NamedTensorMap>;
  /**
   * Assigns to the tf.Variables, the optimizer's among them, what steps have changed since. Those assigned anew are left.
   *
   * @param variables  to leave the others for later; default: all
   * @throws CompileError when the runtime does not give them back, a GPU that was lost, say
   */
  sync(variables?: readonly Variable[]): Promise<void>;
  /** Drops what steps have changed since the last `sync`: the next one goes from the values of the tf.Variables. */
  discard(): void;
  /** Frees the graph and its variables, without a `sync`. */
  dispose(): Promise<void>;
}
