// Registers the backend's own kernels.
import '@tensorflow/tfjs-backend-wasm';
import { getKernel, type KernelConfig, type TensorInfo } from '@tensorflow/tfjs-core';
import { defineKernel } from '../define-kernel';
import { spaceToBatch } from '../loops/space-to-batch';
import { allocate, view, type BackendWasm } from './wasm-backend';

const general = getKernel('SpaceToBatchND', 'wasm');

const { kernelFunc } = defineKernel(
  'wasm',
  'SpaceToBatchND',
  (
    { x }: { x: TensorInfo },
    attributes: { blockShape: number[]; paddings: [number, number][] },
    backend: BackendWasm,
  ) => {
    const { blockShape, paddings } = attributes;
    if (x.shape.length !== 4 || blockShape.length !== 2 || x.dtype !== 'float32') {
      return general.kernelFunc({ inputs: { x }, attrs: attributes, backend });
    }
    const [images, height, width, channels] = x.shape;
    const [blockHeight, blockWidth] = blockShape;
    const [[padTop, padBottom], [padLeft, padRight]] = paddings;
    const outHeight = (height + padTop + padBottom) / blockHeight;
    const outWidth = (width + padLeft + padRight) / blockWidth;
    const target = allocate(backend, [images * blockHeight * blockWidth, outHeight, outWidth, channels]);
    const sizes = { images, height, width, channels, blockHeight, blockWidth, padTop, padLeft, outHeight, outWidth };
    spaceToBatch(view(backend, x), sizes, view(backend, target));
    return target;
  },
);

/** For images one pass over memory, in place of the backend's own transposition of a tensor of rank 6. */
export const spaceToBatchKernel: KernelConfig = { ...general, kernelFunc };
