import { tensor1d, tidy, type KernelConfig, type TensorInfo } from '@tensorflow/tfjs-core';
import { defineKernel } from '../../define-kernel';
import type { ResizeSampling } from '../../loops/resize-sampling';
import type { NodeBackend } from '../node-backend';
import { runOp } from './run-op';

type ResizeGradInputs = { dy: TensorInfo; images: TensorInfo };

function opAttributes({ alignCorners, halfPixelCenters }: ResizeSampling) {
  return { align_corners: alignCorners, half_pixel_centers: halfPixelCenters };
}

const resizeBilinearGrad = defineKernel(
  'tensorflow',
  'ResizeBilinearGrad',
  ({ dy, images }: ResizeGradInputs, sampling: ResizeSampling, backend: NodeBackend) =>
    runOp(backend, 'ResizeBilinearGrad', opAttributes(sampling), [dy, images]),
);

const resizeNearestNeighborGrad = defineKernel(
  'tensorflow',
  'ResizeNearestNeighborGrad',
  ({ dy, images }: ResizeGradInputs, sampling: ResizeSampling, backend: NodeBackend) =>
    tidy(() => {
      const size = tensor1d(images.shape.slice(1, 3), 'int32');
      return runOp(backend, 'ResizeNearestNeighborGrad', opAttributes(sampling), [dy, size]);
    }),
);

/** tfjs-node's own leave half-pixel centres out. */
export const resizeGradKernels: readonly KernelConfig[] = [resizeBilinearGrad, resizeNearestNeighborGrad];
