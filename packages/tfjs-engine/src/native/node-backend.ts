import type { DataId, KernelBackend, Tensor, TensorInfo } from '@tensorflow/tfjs-core';

export interface OpAttribute {
  name: string;
  type: number;
  value: unknown;
}

/** A tensor of TensorFlow's, as the addon knows it. */
interface NativeTensor {
  id: number;
}

/** The part of tfjs-node's kernel backend that runs a TensorFlow op by name. */
export interface NodeBackend extends KernelBackend {
  readonly isGPUPackage: boolean;
  readonly isUsingGpuDevice: boolean;
  readonly binding: {
    readonly TF_Version: string;
    readonly TF_FLOAT: number;
    readonly TF_ATTR_TYPE: number;
    readonly TF_ATTR_INT: number;
    readonly TF_ATTR_FLOAT: number;
    readonly TF_ATTR_STRING: number;
    readonly TF_ATTR_BOOL: number;
    readonly TF_ATTR_SHAPE: number;
    executeOp(name: string, attributes: OpAttribute[], inputs: number[], outputs: number): NativeTensor[];
    createTensor(shape: number[], dtype: number, values: Float32Array): number;
    deleteTensor(id: number): void;
    /** @param tags  separated by commas @returns its id */
    loadSavedModel(folder: string, tags: string): number;
    /** @param inputNames  `name:0`, separated by commas, as are the outputs' */
    runSavedModel(id: number, inputs: number[], inputNames: string, outputNames: string): NativeTensor[];
  };
  /** Which of TensorFlow's tensors holds a tensor's values; the id is -1 while TensorFlow has none. */
  readonly tensorMap: { get(dataId: DataId): NativeTensor };
  /** Hands values to TensorFlow that were only kept until now. */
  getInputTensorIds(tensors: TensorInfo[]): number[];
  createOutputTensor(tensor: NativeTensor): Tensor;
  executeSingleOutput(name: string, attributes: OpAttribute[], inputs: TensorInfo[]): Tensor;
  executeMultipleOutputs(name: string, attributes: OpAttribute[], inputs: TensorInfo[], outputs: number): Tensor[];
}
