import type { KernelBackend, Tensor, TensorInfo } from '@tensorflow/tfjs-core';

/** The part of tfjs-node's kernel backend that runs a TensorFlow op by name. */
export interface NodeBackend extends KernelBackend {
  readonly isGPUPackage: boolean;
  readonly isUsingGpuDevice: boolean;
  readonly binding: {
    readonly TF_Version: string;
    readonly TF_FLOAT: number;
    readonly TF_ATTR_TYPE: number;
    readonly TF_ATTR_FLOAT: number;
    readonly TF_ATTR_INT: number;
    readonly TF_ATTR_STRING: number;
    readonly TF_ATTR_BOOL: number;
  };
  executeSingleOutput(
    name: string,
    attributes: { name: string; type: number; value: unknown }[],
    inputs: TensorInfo[],
  ): Tensor;
  executeMultipleOutputs(
    name: string,
    attributes: { name: string; type: number; value: unknown }[],
    inputs: TensorInfo[],
    outputs: number,
  ): Tensor[];
}
