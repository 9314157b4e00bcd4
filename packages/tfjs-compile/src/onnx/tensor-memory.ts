import { backend, engine, getBackend, tensor, type Tensor, type TensorInfo } from '@tensorflow/tfjs-core';
import { sizeOf, tensorType, type TensorType, type Value, type ValueArray } from '../graph/graph';

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

/** A tensor's values, in memory that the engine does not change or move. */
export const copyOf = (info: Tensor): ValueArray =>
  (wasm()?.typedArrayFromHeap(info) ?? (info.dataSync() as ValueArray)).slice();

/** Arrays in which an executable hands tensors over where it cannot do so in their own memory; each serves every run. */
export class HandOver {
  readonly #arrays = new Map<string, ValueArray>();

  /**
   * A tensor's values: on WebAssembly its own memory, unless threads share that, which ONNX Runtime does not take.
   *
   * @param name  of the place that the tensor takes in each run
   */
  valuesOf(info: Tensor, name: string): ValueArray {
    const array = wasm()?.typedArrayFromHeap(info) ?? (info.dataSync() as ValueArray);
    if (!isShared(array)) return array;
    const copy = this.#array(name, info.dtype as TensorType, info.size);
    copy.set(array);
    return copy;
  }

  /** Memory for a tensor to come, on WebAssembly on its heap. Allocate all before the first `array()`. */
  allocate(name: string, value: Value): OutputMemory {
    const { shape } = value;
    const [dtype, size] = [tensorType(value), sizeOf(value)];
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
        return isShared(own) ? (copy = this.#array(name, dtype, size)) : own;
      },
      toTensor: () => {
        if (copy) heap.typedArrayFromHeap(made).set(copy);
        return made;
      },
      dispose: () => made.dispose(),
    };
  }

  #array(name: string, dtype: TensorType, size: number): ValueArray {
    let array = this.#arrays.get(name);
    if (!array) this.#arrays.set(name, (array = newArray(dtype, size)));
    return array;
  }
}

function newArray(dtype: TensorType, size: number): ValueArray {
  if (dtype === 'float32') return new Float32Array(size);
  return dtype === 'int32' ? new Int32Array(size) : new Uint8Array(size);
}

const isShared = ({ buffer }: ValueArray): boolean =>
  typeof SharedArrayBuffer !== 'undefined' && buffer instanceof SharedArrayBuffer;
