import { registerGradient } from '@tensorflow/tfjs-core';
import { conv2dGradient } from './conv2d';
import { depthwiseConv2dGradient } from './depthwise-conv2d';

/** Puts gradients in the place of TensorFlow.js' own that refuse some of their op's attributes; on every engine. */
export function registerGradients(): void {
  // Registering a gradient replaces the one before.
  registerGradient(conv2dGradient);
  registerGradient(depthwiseConv2dGradient);
}
