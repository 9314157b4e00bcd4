import * as tf from '@tensorflow/tfjs-core';

/**
 * As `tf.variableGrads`; but where a pass fails, what the forward pass kept for the backward pass is freed as well. tf keeps
 * that, nearly all that a step computes, for good: after a lack of memory nothing else would find any.
 */
export function variableGradients(f: () => tf.Scalar, variables: tf.Variable[]): ReturnType<typeof tf.variableGrads> {
  try {
    return tf.variableGrads(f, variables);
  } catch (error) {
    const { state } = tf.engine();
    // None where it failed before the forward pass began.
    const tape = state.activeTape as typeof state.activeTape | null;
    tape?.forEach(({ saved = [] }) => tf.dispose(saved));
    state.activeTape = [];
    throw error;
  }
}
