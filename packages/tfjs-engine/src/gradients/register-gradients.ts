import { registerGradient } from '@tensorflow/tfjs-core';
import { comparisonGradients } from './comparisons';
import { conv2dGradient } from './conv2d';
import { depthwiseConv2dGradient } from './depthwise-conv2d';
import { gatherGradient } from './gather';

/** Gives all engines the gradients that TensorFlow.js lacks, or has only for some of their op's attributes. */
export function registerGradients(): void {
  // Registering a gradient replaces the one before.
  for (const gradient of [conv2dGradient, depthwiseConv2dGradient, gatherGradient, ...comparisonGradients])
    registerGradient(gradient);
}
