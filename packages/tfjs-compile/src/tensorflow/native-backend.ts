import { backend, getBackend, type KernelBackend, type Tensor, type TensorInfo } from '@tensorflow/tfjs-core';
import { CompileError } from '../compile-error';

/** A tensor of TensorFlow's, as tfjs-node's addon knows it. */
export interface NativeTensor {
  readonly id: number;
}

/** The part of tfjs-node's kernel backend that runs SavedModels. */
export interface NativeBackend extends KernelBackend {
  readonly binding: {
    /** @param tags  separated by commas @returns its id */
    loadSavedModel(folder: string, tags: string): number;
    /** @param inputNames  `node:0`, separated by commas, as are the outputs' */
    runSavedModel(id: number, inputs: number[], inputNames: string, outputNames: string): NativeTensor[];
    deleteSavedModel(id: number): void;
    deleteTensor(id: number): void;
  };
  /** Hands values to TensorFlow that were only kept until now. */
  getInputTensorIds(tensors: readonly TensorInfo[]): number[];
  createOutputTensor(tensor: NativeTensor): Tensor;
}

/** @throws CompileError when another backend is active */
export function nativeBackend(): NativeBackend {
  const name = getBackend();
  if (name !== 'tensorflow') {
    throw new CompileError(
      `Expected the backend 'tensorflow' (tfjs-node or tfjs-node-gpu), found '${name}'. Make it the active one first, ` +
        `with useEngine({ prefer: 'native' }) of @pose/tfjs-engine, or run the graph with another runtime.`,
    );
  }
  return backend() as NativeBackend;
}
