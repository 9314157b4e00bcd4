import { getKernel, slice_util, type KernelConfig, type TensorInfo } from '@tensorflow/tfjs-core';
import { defineKernel } from '../define-kernel';
import { heapLoops } from './simd/heap-loops';
import { allocate, type BackendWasm } from './wasm-backend';

interface SliceAttributes {
  begin: number | number[];
  size: number | number[];
}

/**
 * Parts of images, all channels of them: what the gradient of padding takes. tfjs' own kernel, which copies pixel by
 * pixel through a view each, goes on for everything else.
 */
export function sliceKernel(): KernelConfig {
  const original = getKernel('Slice', 'wasm');
  const kernel = defineKernel(
    'wasm',
    'Slice',
    ({ x }: { x: TensorInfo }, attributes: SliceAttributes, backend: BackendWasm) => {
      const [begin, size] = slice_util.parseSliceParams(x, attributes.begin, attributes.size) as [number[], number[]];
      const [, sourceHeight, sourceWidth, channels] = x.shape;
      if (x.shape.length !== 4 || x.dtype !== 'float32' || size[3] !== channels) {
        return original.kernelFunc({ inputs: { x }, attrs: { ...attributes }, backend }) as TensorInfo;
      }
      const [images, height, width] = size;
      const target = allocate(backend, size);
      const grid = {
        images,
        height,
        width,
        channels,
        sourceHeight,
        sourceWidth,
        skipY: begin[0] * sourceHeight + begin[1],
        skipX: begin[2],
        targetHeight: height,
        targetWidth: width,
        firstY: 0,
        firstX: 0,
        strideY: 1,
        strideX: 1,
      };
      heapLoops(backend).copyPhase(x, grid, target);
      return target;
    },
  );
  return { ...original, kernelFunc: kernel.kernelFunc };
}
