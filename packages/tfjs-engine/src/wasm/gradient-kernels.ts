import type { KernelConfig } from '@tensorflow/tfjs-core';
import { averagePoolGrad } from '../loop-kernels/average-pool-grad';
import { depthwiseGrads } from '../loop-kernels/depthwise-grads';
import type { Heap } from '../loop-kernels/heap';
import { resizeBilinearGrad, resizeNearestNeighborGrad } from '../loop-kernels/resize-grads';
import { unsortedSegmentSum } from '../loop-kernels/unsorted-segment-sum';
import { batchMatMulKernel } from './batch-mat-mul';
import { concatKernel, splitKernel } from './concat-split';
import { gatherKernel } from './gather';
import { heapLoops } from './simd/heap-loops';
import { spaceToBatchKernel } from './space-to-batch';
import { allocate, view, type BackendWasm } from './wasm-backend';

const wasmHeap: Heap<BackendWasm> = { backendName: 'wasm', allocate, view };

/** Gradients that TensorFlow.js' wasm backend lacks, gets wrong, or has only in a slow form. */
export const wasmGradientKernels: readonly KernelConfig[] = [
  averagePoolGrad(wasmHeap),
  resizeBilinearGrad(wasmHeap, heapLoops),
  // The wasm backend's forward pass works with float32 positions.
  resizeNearestNeighborGrad(wasmHeap, Math.fround),
  unsortedSegmentSum(wasmHeap),
  ...depthwiseGrads(wasmHeap, heapLoops),
  batchMatMulKernel,
  spaceToBatchKernel,
  concatKernel,
  splitKernel,
  gatherKernel,
];
