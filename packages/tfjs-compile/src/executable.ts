import type { NamedTensorMap } from '@tensorflow/tfjs-core';

/** A graph that a runtime has loaded. */
export interface Executable {
  /**
   * Runs the graph on the variables' present values, and assigns the variables that it assigns.
   *
   * @param inputs  by the graph's names, of its shapes and types; not disposed of
   * @returns the outputs as tensors of the active backend, for the caller to dispose of
   * @throws CompileError when an input is missing or of another shape or type, or the runtime fails; no variable has
   *   changed then
   */
  run(inputs: NamedTensorMap): Promise<NamedTensorMap>;
  /** Frees the graph. It cannot be run any more. */
  dispose(): Promise<void>;
}
