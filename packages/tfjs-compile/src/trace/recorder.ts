import type { DataId, Tensor, TensorInfo, Variable } from '@tensorflow/tfjs-core';
import { CompileError } from '../compile-error';
import type { Attributes, Graph, GraphVariable, Operation, TensorType, Value, ValueArray } from '../graph/graph';
import { callSite } from './call-site';
import { canonicalOperation } from './canonical-operation';

/** Kernels that give what they are given, under another name. */
const SAME = new Set(['Identity']);

/** Notes down the kernels of a function while it runs: which values go in and which come out, known by their data. */
export class Recorder {
  readonly #inputs = new Map<string, Value>();
  readonly #variables: (GraphVariable & { readonly data: DataId })[] = [];
  readonly #constants = new Map<Value, ValueArray>();
  readonly #operations: Operation[] = [];
  /** The value that some data last stood for. Reshaped data is the same data, and some engines cast without a copy. */
  readonly #values = new Map<DataId, Value>();
  readonly #read: (tensor: TensorInfo) => ValueArray;

  /**
   * @param variables  each with data that nothing else has
   * @param read  downloads a tensor that the function did not make by a kernel: a constant
   */
  constructor(variables: readonly Variable[], read: (tensor: TensorInfo) => ValueArray) {
    this.#read = read;
    for (const variable of variables) {
      const before = newValue(variable);
      this.#variables.push({ variable, before, data: variable.dataId });
      this.#values.set(variable.dataId, before);
    }
  }

  addInput(name: string, tensor: Tensor): void {
    const value = newValue(tensor);
    this.#inputs.set(name, value);
    this.#values.set(tensor.dataId, value);
  }

  /** @throws CompileError for tensors of types, or images of layouts, that graphs do not have */
  record(kernel: string, inputs: Record<string, TensorInfo>, attributes: object, outputs: readonly TensorInfo[]): void {
    const given = Object.entries(inputs).flatMap(([name, tensor]) => (tensor ? [[name, this.#valueOf(tensor)]] : []));
    if (SAME.has(kernel)) {
      this.#values.set(outputs[0].dataId, (given[0] as [string, Value])[1]);
      return;
    }
    const made = outputs.map((output) => newValue(output));
    const operation = canonicalOperation({
      kernel,
      inputs: Object.fromEntries(given) as Record<string, Value>,
      attributes: { ...attributes } as Record<string, unknown>,
      outputs: made,
      callSite: callSite(),
    });
    this.#operations.push(operation);
    outputs.forEach(({ dataId }, i) => this.#values.set(dataId, made[i]));
  }

  /** The graph of what was recorded. @param outputs  what the function returned */
  finish(outputs: Readonly<Record<string, Tensor>>): Graph {
    const results = new Map(Object.entries(outputs).map(([name, tensor]) => [name, this.#valueOf(tensor)]));
    const variables = this.#variables.map(({ variable, before, data }) =>
      variable.dataId === data ? { variable, before } : { variable, before, after: this.#valueOf(variable) },
    );
    return {
      inputs: this.#inputs,
      variables,
      constants: this.#constants,
      operations: this.#operations,
      outputs: results,
    };
  }

  /** The value that a tensor stands for now; of its type and shape, whatever its data had when it was made. */
  #valueOf(tensor: TensorInfo): Value {
    let value = this.#values.get(tensor.dataId) ?? this.#addConstant(tensor);
    if (value.dtype !== tensor.dtype) {
      value = this.#derive('Cast', value, { dtype: tensor.dtype }, newValue({ ...tensor, shape: [...value.shape] }));
    }
    if (value.shape.length === tensor.shape.length && value.shape.every((side, i) => side === tensor.shape[i])) {
      return value;
    }
    return this.#derive('Reshape', value, { shape: [...tensor.shape] }, newValue(tensor));
  }

  #derive(kernel: string, x: Value, attributes: Attributes, output: Value): Value {
    this.#operations.push({ kernel, inputs: { x }, attributes, outputs: [output] });
    return output;
  }

  #addConstant(tensor: TensorInfo): Value {
    const value = newValue(tensor);
    this.#constants.set(value, this.#read(tensor));
    this.#values.set(tensor.dataId, value);
    return value;
  }
}

/** Whether a graph may hold tensors of a type. */
export const isValueType = (dtype: string): dtype is TensorType => ['float32', 'int32', 'bool'].includes(dtype);

function newValue({ shape, dtype }: Pick<TensorInfo, 'shape' | 'dtype'>): Value {
  if (!isValueType(dtype)) {
    throw new CompileError(
      `Expected tensors of float32, int32 and bool, found one of ${dtype} at ${callSite() ?? 'an unknown place'}.`,
    );
  }
  return { shape: [...shape], dtype };
}
