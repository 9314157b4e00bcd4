import type { KernelConfig } from '@tensorflow/tfjs-core';
import { adamUpdate } from './adam-update';
import { batchNormTrain, batchNormTrainGrad } from './batch-norm';
import { fusedConv2dAdd, fusedConv2dTranspose } from './fused-conv2d';
import { reluGrad } from './relu-grad';

/** One TensorFlow op each, where tfjs-node composes many. */
export const nativeFusedKernels: readonly KernelConfig[] = [
  batchNormTrain,
  batchNormTrainGrad,
  reluGrad,
  adamUpdate,
  fusedConv2dAdd,
  fusedConv2dTranspose,
];
