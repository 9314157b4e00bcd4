import { util, type KernelConfig, type TensorInfo } from '@tensorflow/tfjs-core';
import { defineKernel } from '../define-kernel';
import { unsortedSegmentSum as sumSegments } from '../loops/unsorted-segment-sum';
import type { Heap } from './heap';

/**
 * The gradient of tf.gather. TensorFlow.js' wasm backend has none; its cpu backend goes through all rows once for each
 * segment.
 */
export function unsortedSegmentSum<Backend>(heap: Heap<Backend>): KernelConfig {
  return defineKernel(
    heap.backendName,
    'UnsortedSegmentSum',
    (
      { x, segmentIds }: { x: TensorInfo; segmentIds: TensorInfo },
      { numSegments }: { numSegments: number },
      backend: Backend,
    ) => {
      const rowShape = x.shape.slice(segmentIds.shape.length);
      const sums = heap.allocate(backend, [numSegments, ...rowShape]);
      const [rows, ids] = [heap.view(backend, x), heap.view(backend, segmentIds)];
      sumSegments(rows, ids, util.sizeFromShape(rowShape), heap.view(backend, sums));
      return sums;
    },
  );
}
