import type { KernelConfig, TensorInfo } from '@tensorflow/tfjs-core';
import { averagePoolGrad } from '../loop-kernels/average-pool-grad';
import { depthwiseGrads, type DepthwiseLoops } from '../loop-kernels/depthwise-grads';
import { resizeBilinearGrad, resizeNearestNeighborGrad, type ResizeLoops } from '../loop-kernels/resize-grads';
import { unsortedSegmentSum } from '../loop-kernels/unsorted-segment-sum';
import { depthwiseFilterGradient, depthwiseInputGradient } from '../loops/depthwise-gradient';
import { resizeBilinearGradient } from '../loops/resize-bilinear-gradient';
import { cpuHeap, type CpuBackend } from './cpu-backend';

/** The plain loops over the backend's tensors. */
function loops(backend: CpuBackend): DepthwiseLoops & ResizeLoops {
  const on = (tensor: TensorInfo) => cpuHeap.view(backend, tensor);
  return {
    depthwiseInputGradient: (dy, filter, geometry, dx) => depthwiseInputGradient(on(dy), on(filter), geometry, on(dx)),
    depthwiseFilterGradient: (x, dy, geometry, dFilter) =>
      depthwiseFilterGradient(on(x), on(dy), geometry, on(dFilter)),
    resizeBilinearGradient: (dy, geometry, sampling, dx) => resizeBilinearGradient(on(dy), geometry, sampling, on(dx)),
  };
}

/** Gradients that TensorFlow.js' cpu backend gets wrong, lacks for some attributes, or has only in a very slow form. */
export const cpuGradientKernels: readonly KernelConfig[] = [
  averagePoolGrad(cpuHeap),
  resizeBilinearGrad(cpuHeap, loops),
  // The cpu backend's forward pass works with float64 positions.
  resizeNearestNeighborGrad(cpuHeap, (position) => position),
  unsortedSegmentSum(cpuHeap),
  ...depthwiseGrads(cpuHeap, loops),
];
