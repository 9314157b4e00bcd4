// Registers the backend's own kernels.
import '@tensorflow/tfjs-backend-wasm';
import { backend_util, getKernel, util, type KernelConfig, type TensorInfo } from '@tensorflow/tfjs-core';
import { EngineError } from '../engine-error';
import { gather } from '../loops/gather';
import { allocate, view, type BackendWasm } from './wasm-backend';

const own = getKernel('GatherV2', 'wasm');

/** The backend's own finds the place of each single value by divisions. */
export const gatherKernel: KernelConfig = {
  ...own,
  kernelFunc: (call) => {
    const { x, indices } = call.inputs as { x: TensorInfo; indices: TensorInfo };
    if (x.dtype !== 'float32') return own.kernelFunc(call);
    const { axis, batchDims } = call.attrs as { axis: number; batchDims: number };
    const backend = call.backend as BackendWasm;
    const [along] = util.parseAxisParam(axis, x.shape);
    const { collectGatherOpShapeInfo } = backend_util.segment_util;
    const info = collectGatherOpShapeInfo(x, indices, along, batchDims);
    const beyond = view(backend, indices).find((row) => row < 0 || row >= info.dimSize);
    if (beyond !== undefined) {
      throw new EngineError(
        `tf.gather takes indices from 0 to ${info.dimSize - 1} along axis ${along} of shape [${x.shape.join(', ')}], but got ${beyond}.`,
      );
    }
    const target = allocate(backend, info.outputShape);
    const sizes = { batches: info.batchSize, outer: info.outerSize, rows: info.dimSize, rowSize: info.sliceSize };
    gather(view(backend, x), view(backend, indices), sizes, view(backend, target));
    return target;
  },
};
