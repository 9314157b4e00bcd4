// Registers TensorFlow.js' own gradients.
import '@tensorflow/tfjs';
import { getGradient, zeros, type GradConfig } from '@tensorflow/tfjs-core';

const original = getGradient('GatherV2');

/**
 * TensorFlow.js' own, but for indices that were computed from tensors with a gradient, as a grid sampler's are: it
 * gives them an int32 gradient, which the engine refuses.
 */
export const gatherGradient: GradConfig = {
  ...original,
  gradFunc: (dy, saved, attributes) => {
    const [, indices] = saved;
    return { ...original.gradFunc(dy, saved, attributes), indices: () => zeros(indices.shape) };
  },
};
