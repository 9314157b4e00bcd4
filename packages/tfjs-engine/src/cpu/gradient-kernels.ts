import type { KernelConfig } from '@tensorflow/tfjs-core';
import { averagePoolGrad } from '../loop-kernels/average-pool-grad';
import { depthwiseGrads } from '../loop-kernels/depthwise-grads';
import { resizeBilinearGrad, resizeNearestNeighborGrad } from '../loop-kernels/resize-grads';
import { unsortedSegmentSum } from '../loop-kernels/unsorted-segment-sum';
import { depthwiseFilterGradient, depthwiseInputGradient } from '../loops/depthwise-gradient';
import { resizeBilinearGradient } from '../loops/resize-bilinear-gradient';
import { cpuHeap, type CpuBackend } from './cpu-backend';

/** Gradients that TensorFlow.js' cpu backend gets wrong, lacks for some attributes, or has only in a very slow form. */
export const cpuGradientKernels: readonly KernelConfig[] = [
  averagePoolGrad(cpuHeap),
  resizeBilinearGrad(cpuHeap, (backend: CpuBackend) => ({
    resizeBilinearGradient: (dy, geometry, sampling, dx) =>
      resizeBilinearGradient(cpuHeap.view(backend, dy), geometry, sampling, cpuHeap.view(backend, dx)),
  })),
  // The cpu backend's forward pass works with float64 positions.
  resizeNearestNeighborGrad(cpuHeap, (position) => position),
  unsortedSegmentSum(cpuHeap),
  ...depthwiseGrads(cpuHeap, (backend: CpuBackend) => ({
    depthwiseInputGradient: (dy, filter, geometry, dx) =>
      depthwiseInputGradient(
        cpuHeap.view(backend, dy),
        cpuHeap.view(backend, filter),
        geometry,
        cpuHeap.view(backend, dx),
      ),
    depthwiseFilterGradient: (x, dy, geometry, dFilter) =>
      depthwiseFilterGradient(
        ...([cpuHeap.view(backend, x), cpuHeap.view(backend, dy), geometry, cpuHeap.view(backend, dFilter)] as const),
      ),
  })),
];
