// Registers the backend's own kernels.
import '@tensorflow/tfjs-backend-wasm';
import { getKernel, util, type KernelConfig, type TensorInfo } from '@tensorflow/tfjs-core';
import { defineKernel } from '../define-kernel';
import { heapLoops } from './simd/heap-loops';
import { allocate, type BackendWasm } from './wasm-backend';

const plain = getKernel('BatchMatMul', 'wasm');

/** The matrices [..., rows, columns] as [..., columns, rows]. */
function transposed(matrices: TensorInfo, backend: BackendWasm): TensorInfo {
  const [rows, columns] = matrices.shape.slice(-2);
  const result = allocate(backend, [...matrices.shape.slice(0, -2), columns, rows]);
  const loops = heapLoops(backend);
  for (let at = 0; at < util.sizeFromShape(matrices.shape); at += rows * columns) {
    loops.transpose({ tensor: matrices, at }, rows, columns, { tensor: result, at });
  }
  return result;
}

const { kernelFunc } = defineKernel(
  'wasm',
  'BatchMatMul',
  (
    { a, b }: { a: TensorInfo; b: TensorInfo },
    { transposeA, transposeB }: { transposeA: boolean; transposeB: boolean },
    backend: BackendWasm,
  ) => {
    // Of other types than float32 the backend's own kernel says that it takes none.
    const left = transposeA && a.dtype === 'float32' ? transposed(a, backend) : undefined;
    const right = transposeB && b.dtype === 'float32' ? transposed(b, backend) : undefined;
    const product = plain.kernelFunc({
      inputs: { a: left ?? a, b: right ?? b },
      attrs: { transposeA: transposeA && !left, transposeB: transposeB && !right },
      backend,
    });
    for (const copy of [left, right]) if (copy) backend.disposeData(copy.dataId);
    return product;
  },
);

/**
 * The backend's own matrix product over transposed copies: its path for transposed operands is a loop without SIMD.
 * The kernel keeps the set-up of the original, which fills a variable that the original reads.
 */
export const batchMatMulKernel: KernelConfig = { ...plain, kernelFunc };
