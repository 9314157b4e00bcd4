import { registerGradient } from '@tensorflow/tfjs-core';
import { batchNormTrainGradient } from './batch-norm-train';
import { comparisonGradients } from './comparisons';
import { conv2dGradient } from './conv2d';
import { depthwiseConv2dGradient } from './depthwise-conv2d';
import { fusedConv2dAddGradient, fusedConv2dTransposeGradient } from './fused-conv2d';
import { gatherGradient } from './gather';
import { reluGradGradient, reluGradient } from './relu';

/** The gradients of this package, for all engines. */
const GRADIENTS = [
  batchNormTrainGradient,
  ...comparisonGradients,
  conv2dGradient,
  depthwiseConv2dGradient,
  fusedConv2dAddGradient,
  fusedConv2dTransposeGradient,
  gatherGradient,
  reluGradient,
  reluGradGradient,
];

/** Gives TensorFlow.js the gradients that it lacks, has only for some of an op's attributes, or has in a slow form. */
export function registerGradients(): void {
  for (const gradient of GRADIENTS) registerGradient(gradient); // in the place of the one before
}
