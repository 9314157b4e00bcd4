import type { KernelConfig, TensorInfo } from '@tensorflow/tfjs-core';
import { defineKernel } from '../define-kernel';
import type { ResizeGeometry } from '../loops/resize-bilinear-gradient';
import { resizeNearestNeighborGradient } from '../loops/resize-nearest-neighbor-gradient';
import type { ResizeSampling } from '../loops/resize-sampling';
import type { Heap } from './heap';

type ResizeGradInputs = { dy: TensorInfo; images: TensorInfo };

function geometry({ dy, images }: ResizeGradInputs): ResizeGeometry {
  const [count, inHeight, inWidth, channels] = images.shape;
  const [, outHeight, outWidth] = dy.shape;
  return { images: count, inHeight, inWidth, outHeight, outWidth, channels };
}

/** The loop of src/loops/resize-bilinear-gradient.ts over tensors of a backend. */
export interface ResizeLoops {
  resizeBilinearGradient(dy: TensorInfo, geometry: ResizeGeometry, sampling: ResizeSampling, dx: TensorInfo): void;
}

/** TensorFlow.js' own kernels know nothing of half-pixel centres, and the cpu backend's swaps height and width. */
export function resizeBilinearGrad<Backend>(
  heap: Heap<Backend>,
  loops: (backend: Backend) => ResizeLoops,
): KernelConfig {
  return defineKernel(
    heap.backendName,
    'ResizeBilinearGrad',
    (inputs: ResizeGradInputs, sampling: ResizeSampling, backend: Backend) => {
      const dx = heap.allocate(backend, inputs.images.shape);
      loops(backend).resizeBilinearGradient(inputs.dy, geometry(inputs), sampling, dx);
      return dx;
    },
  );
}

/** The same faults as above. @param round  see {@link resizeNearestNeighborGradient} */
export function resizeNearestNeighborGrad<Backend>(
  heap: Heap<Backend>,
  round: (position: number) => number,
): KernelConfig {
  return defineKernel(
    heap.backendName,
    'ResizeNearestNeighborGrad',
    (inputs: ResizeGradInputs, sampling: ResizeSampling, backend: Backend) => {
      const dx = heap.allocate(backend, inputs.images.shape);
      const [dyValues, dxValues] = [heap.view(backend, inputs.dy), heap.view(backend, dx)];
      resizeNearestNeighborGradient(dyValues, geometry(inputs), sampling, round, dxValues);
      return dx;
    },
  );
}
