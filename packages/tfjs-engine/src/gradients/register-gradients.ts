import { registerGradient, unregisterGradient, getGradient, type GradConfig } from '@tensorflow/tfjs-core';
import { batchNormTrainGradient } from './batch-norm-train';
import { reluGradGradient, reluGradient } from './relu';

const GRADIENTS: readonly GradConfig[] = [reluGradient, reluGradGradient, batchNormTrainGradient];

/** Puts this package's gradients in the place of TensorFlow.js' own; they serve every engine. */
export function registerGradients(): void {
  for (const gradient of GRADIENTS) {
    if (getGradient(gradient.kernelName)) unregisterGradient(gradient.kernelName);
    registerGradient(gradient);
  }
}
