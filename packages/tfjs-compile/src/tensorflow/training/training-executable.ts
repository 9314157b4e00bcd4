import type { NamedTensorMap } from '@tensorflow/tfjs-core';

/** A training step that lives in TensorFlow, its variables with it. */
export interface TrainingExecutable {
  /**
   * One step: computes the graph, moves the variables along their gradients and assigns what the graph assigns, all in
   * TensorFlow. The tf.Variables keep what they held, until `sync`. One that was assigned anew since the last `sync` goes
   * into TensorFlow first, in place of the value there.
   *
   * @param inputs        by the graph's names, of its shapes and types; not disposed of
   * @param learningRate  of this step
   * @returns the outputs from before the step, without the gradients; for the caller to dispose of
   * @throws CompileError when an input is missing or of another shape or type; no variable has changed then. When
   *   TensorFlow fails half-way (out of memory), some may have
   */
  run(inputs: NamedTensorMap, learningRate: number): Promise<NamedTensorMap>;
  /** Steps taken by `run`; what an optimizer's state counts is this and the `steps` given at first. */
  readonly steps: number;
  /** Assigns to the tf.Variables, the optimizer's among them, what TensorFlow holds. Those assigned anew are left. */
  sync(): Promise<void>;
  /** Frees the graph and its variables, without a `sync`. */
  dispose(): Promise<void>;
}
