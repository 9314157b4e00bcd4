import type { Variable } from '@tensorflow/tfjs-core';
import { CompileError } from '../compile-error';

/** Types of 16 bits. TensorFlow.js has neither: values inside of a graph have them, never inputs, variables, constants or outputs. */
export const REDUCED_TYPES = ['bfloat16', 'float16'] as const;
export type ReducedType = (typeof REDUCED_TYPES)[number];

/** In which type convolutions and matrix products may compute. */
export const PRECISIONS = ['float32', ...REDUCED_TYPES] as const;
export type Precision = (typeof PRECISIONS)[number];

/** The types of tensors of TensorFlow.js that a graph may have. */
export type TensorType = 'float32' | 'int32' | 'bool';

export type ValueType = TensorType | ReducedType;

/** The contents of a constant; 'bool' as bytes 0 and 1. */
export type ValueArray = Float32Array | Int32Array | Uint8Array;

/** A tensor of a graph, known by being the same object. */
export interface Value {
  readonly shape: readonly number[];
  readonly dtype: ValueType;
}

/** Attributes of an operation, as `canonicalAttributes` leaves them. */
export type Attributes = Readonly<Record<string, unknown>>;

/** A call of a TensorFlow.js kernel. */
export interface Operation {
  /** As TensorFlow.js registers it: 'Conv2D', 'Relu'... */
  readonly kernel: string;
  /** By the kernel's own names; those of a kernel that takes a list are '0', '1'... */
  readonly inputs: Readonly<Record<string, Value>>;
  readonly attributes: Attributes;
  readonly outputs: readonly Value[];
  /** Where in the traced program it was called: `file:line:column`. */
  readonly callSite?: string;
}

/** A variable that a graph reads, assigns, or both. */
export interface GraphVariable {
  readonly variable: Variable;
  /** Its value before the graph runs. */
  readonly before: Value;
  /** Its value afterwards; absent where the graph leaves it alone. */
  readonly after?: Value;
}

/** What a function of tensors and variables does: its kernels in an order in which they can run. */
export interface Graph {
  readonly inputs: ReadonlyMap<string, Value>;
  readonly variables: readonly GraphVariable[];
  readonly constants: ReadonlyMap<Value, ValueArray>;
  readonly operations: readonly Operation[];
  readonly outputs: ReadonlyMap<string, Value>;
}

export const sizeOf = ({ shape }: Pick<Value, 'shape'>): number => shape.reduce((size, side) => size * side, 1);

/** What a graph is for: its outputs, and what its variables hold afterwards. */
export function resultsOf({ outputs, variables }: Graph): Value[] {
  return [...outputs.values(), ...variables.flatMap(({ after }) => after ?? [])];
}

/** A value's type where it is an input, a variable, a constant or an output. @throws CompileError for one of 16 bits */
export function tensorType({ dtype }: Pick<Value, 'dtype'>): TensorType {
  if (!isReduced(dtype)) return dtype;
  throw new CompileError(
    `Expected ${dtype} inside of a graph alone, found it where the graph meets tensors, which have no such type. Cast ` +
      'the value to float32.',
  );
}

export const isReduced = (dtype: ValueType): dtype is ReducedType =>
  (REDUCED_TYPES as readonly string[]).includes(dtype);
