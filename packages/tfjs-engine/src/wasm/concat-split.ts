// Registers the backend's own kernels.
import '@tensorflow/tfjs-backend-wasm';
import { backend_util, getKernel, util, type KernelConfig, type TensorInfo } from '@tensorflow/tfjs-core';
import { heapLoops } from './simd/heap-loops';
import { allocate, type BackendWasm } from './wasm-backend';

// The backend's own copy row by row through views of the heap, and spend more on these than on the values: for images
// joined or cut at their channels there is a row for each pixel.
const [ownConcat, ownSplit] = ['Concat', 'SplitV'].map((name) => getKernel(name, 'wasm'));

/** Its tensors' values lie in rows: [outer axes, axis and inner axes]. */
function rowSize(shape: number[], axis: number): number {
  return util.sizeFromShape(shape.slice(axis));
}

export const concatKernel: KernelConfig = {
  ...ownConcat,
  kernelFunc: (call) => {
    const backend = call.backend as BackendWasm;
    // An empty tensor adds nothing, a single one is shared.
    const inputs = (Object.values(call.inputs) as TensorInfo[]).filter(({ shape }) => util.sizeFromShape(shape) > 0);
    if (inputs.length < 2 || inputs.some(({ dtype }) => dtype !== 'float32')) return ownConcat.kernelFunc(call);
    const shapes = inputs.map(({ shape }) => shape);
    const [axis] = util.parseAxisParam(call.attrs!.axis as number, shapes[0]);
    backend_util.assertParamsConsistent(shapes, axis);
    const joined = allocate(backend, backend_util.computeOutShape(shapes, axis));
    const step = rowSize(joined.shape, axis);
    const count = util.sizeFromShape(shapes[0].slice(0, axis));
    let at = 0;
    for (const tensor of inputs) {
      const size = rowSize(tensor.shape, axis);
      heapLoops(backend).copyRows({ tensor, at: 0 }, size, { tensor: joined, at }, step, size, count);
      at += size;
    }
    return joined;
  },
};

export const splitKernel: KernelConfig = {
  ...ownSplit,
  kernelFunc: (call) => {
    const backend = call.backend as BackendWasm;
    const x = call.inputs.x!;
    if (x.dtype !== 'float32') return ownSplit.kernelFunc(call);
    const [axis] = util.parseAxisParam(call.attrs!.axis as number, x.shape);
    const sizes = backend_util.prepareSplitSize(x, call.attrs!.numOrSizeSplits as number | number[], axis);
    const step = rowSize(x.shape, axis);
    const count = util.sizeFromShape(x.shape.slice(0, axis));
    let at = 0;
    return sizes.map((length) => {
      const part = allocate(backend, [...x.shape.slice(0, axis), length, ...x.shape.slice(axis + 1)]);
      const size = rowSize(part.shape, axis);
      heapLoops(backend).copyRows({ tensor: x, at }, step, { tensor: part, at: 0 }, size, size, count);
      at += size;
      return part;
    });
  },
};
