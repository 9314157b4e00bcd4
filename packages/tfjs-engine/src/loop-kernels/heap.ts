import type { TensorInfo } from '@tensorflow/tfjs-core';

/**
 * The memory of a backend whose tensors are JavaScript arrays. An allocation may move it: allocate everything first,
 * then view.
 */
export interface Heap<Backend> {
  backendName: string;
  /** A float32 tensor whose memory is not cleared. */
  allocate(backend: Backend, shape: number[]): TensorInfo;
  /** The tensor's own memory. */
  view(backend: Backend, tensor: TensorInfo): Float32Array;
}
