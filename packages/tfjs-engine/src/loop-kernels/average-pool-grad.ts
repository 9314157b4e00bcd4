import { backend_util, type KernelConfig, type TensorInfo } from '@tensorflow/tfjs-core';
import { defineKernel } from '../define-kernel';
import { averagePoolGradient } from '../loops/average-pool-gradient';
import type { PoolAttributes, Shape4D } from './attributes';
import type { Heap } from './heap';

/** TensorFlow.js' own kernels divide by the whole window where part of it is padding. */
export function averagePoolGrad<Backend>(heap: Heap<Backend>): KernelConfig {
  return defineKernel(
    heap.backendName,
    'AvgPoolGrad',
    ({ dy, input }: { dy: TensorInfo; input: TensorInfo }, attributes: PoolAttributes, backend: Backend) => {
      const { filterSize, strides, pad, dimRoundingMode } = attributes;
      const shape = input.shape as Shape4D;
      const info = backend_util.computePool2DInfo(shape, filterSize, strides, 1, pad, dimRoundingMode);
      const dx = heap.allocate(backend, shape);
      const geometry = { ...info, padTop: info.padInfo.top, padLeft: info.padInfo.left };
      averagePoolGradient(heap.view(backend, dy), geometry, heap.view(backend, dx));
      return dx;
    },
  );
}
