import { util, type DataId, type KernelBackend, type TensorInfo } from '@tensorflow/tfjs-core';
import type { Heap } from '../loop-kernels/heap';

/** The part of TensorFlow.js' cpu backend that a kernel needs. */
export interface CpuBackend extends KernelBackend {
  readonly data: { get(dataId: DataId): { values: unknown } };
  makeTensorInfo(shape: number[], dtype: 'float32', values: Float32Array): TensorInfo;
}

export const cpuHeap: Heap<CpuBackend> = {
  backendName: 'cpu',
  allocate: (backend, shape) => backend.makeTensorInfo(shape, 'float32', new Float32Array(util.sizeFromShape(shape))),
  view: (backend, { dataId }) => backend.data.get(dataId).values as Float32Array,
};
