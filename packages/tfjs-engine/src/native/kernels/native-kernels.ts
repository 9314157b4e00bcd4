import type { KernelConfig } from '@tensorflow/tfjs-core';
import { averagePoolKernels } from './average-pool';
import { conv2dKernels } from './conv2d';
import { depthwiseConv2dKernels } from './depthwise-conv2d';
import { maxPoolKernels } from './max-pool';
import { resizeGradKernels } from './resize-grads';

/** Kernels that do what tfjs-node's own refuse or get wrong; they call those, which must be registered before. */
export function nativeKernels(): KernelConfig[] {
  return [
    ...conv2dKernels(),
    ...depthwiseConv2dKernels(),
    ...maxPoolKernels(),
    ...averagePoolKernels(),
    ...resizeGradKernels,
  ];
}
