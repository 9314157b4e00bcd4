import { backend, engine, getBackend, tensor, type Tensor, type TensorInfo } from '@tensorflow/tfjs-core';
import type { Value, ValueArray } from '../graph/graph';

/** What TensorFlow.js' wasm backend has of its own. */
interface WasmBackend {
  makeOutput(shape: number[], dtype: string): TensorInfo;
  /** The tensor's own memory; any allocation may grow the heap and detach it. */
  typedArrayFromHeap(tensor: TensorInfo): ValueArray;
}

/** Memory that ONNX Runtime writes to, and the tensor that it becomes. */
export interface OutputMemory {
  array(): ValueArray;
  toTensor(): Tensor;
  /** Frees it where it does not become a tensor. */
  dispose(): void;
}

const wasm = (): WasmBackend | undefined =>
  getBackend() === 'wasm' ? (backend() as unknown as WasmBackend) : undefined;

/** A tensor's values, on WebAssembly its own memory unless threads share it, which ONNX Runtime does not take. */
export function valuesOf(info: Tensor): ValueArray {
  const array = wasm()?.typedArrayFromHeap(info) ?? (info.dataSync() as ValueArray);
  return isShared(array) ? array.slice() : array;
}

/** Memory for a tensor to come, on WebAssembly on its heap. Allocate all before the first `array()`. */
export function allocateOutput({ shape, dtype }: Value): OutputMemory {
  const size = shape.reduce((product, side) => product * side, 1);
  const heap = wasm();
  if (!heap) {
    const array = newArray(dtype, size);
    return { array: () => array, toTensor: () => tensor(array, [...shape], dtype), dispose: () => {} };
  }
  const made = engine().makeTensorFromTensorInfo(heap.makeOutput([...shape], dtype));
  let copy: ValueArray | undefined;
  return {
    array: () => {
      const own = heap.typedArrayFromHeap(made);
      return isShared(own) ? (copy ??= newArray(dtype, size)) : own;
    },
    toTensor: () => {
      if (copy) heap.typedArrayFromHeap(made).set(copy);
      return made;
    },
    dispose: () => made.dispose(),
  };
}

function newArray(dtype: Value['dtype'], size: number): ValueArray {
  if (dtype === 'float32') return new Float32Array(size);
  return dtype === 'int32' ? new Int32Array(size) : new Uint8Array(size);
}

const isShared = ({ buffer }: ValueArray): boolean =>
  typeof SharedArrayBuffer !== 'undefined' && buffer instanceof SharedArrayBuffer;
