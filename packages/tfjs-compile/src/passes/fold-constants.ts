import { engine, tidy, type Tensor } from '@tensorflow/tfjs-core';
import {
  isReduced,
  sizeOf,
  tensorType,
  type Graph,
  type Operation,
  type TensorType,
  type Value,
  type ValueArray,
} from '../graph/graph';
import { runOperation } from './run-operation';

/** Elements of a result that is larger than what it is made of: 1 MB. Beyond, it is better made at each run. */
const LARGEST_RESULT = 2 ** 18;

/** Kernels that look at nothing but the shape of what they are given. */
const OF_SHAPES = new Set(['ZerosLike', 'OnesLike']);

/**
 * With the results of operations whose inputs are all constant, or that have none, as constants. They are computed by the
 * kernels themselves, on the active backend.
 */
export function foldConstants(graph: Graph): Graph {
  const constants = new Map(graph.constants);
  const operations = graph.operations.filter((operation) => {
    const results = isConstant(operation, constants) && isSmall(operation) ? compute(operation, constants) : undefined;
    operation.outputs.forEach((output, i) => results && constants.set(output, results[i]));
    return !results;
  });
  return { ...graph, constants, operations };
}

function isConstant({ kernel, inputs, outputs }: Operation, constants: ReadonlyMap<Value, ValueArray>): boolean {
  if (outputs.some(({ dtype }) => isReduced(dtype))) return false; // constants have none of 16 bits
  return OF_SHAPES.has(kernel) || Object.values(inputs).every((input) => constants.has(input));
}

function isSmall({ kernel, inputs, outputs }: Operation): boolean {
  const total = (values: readonly Value[]) => values.reduce((sum, value) => sum + sizeOf(value), 0);
  const given = OF_SHAPES.has(kernel) ? 0 : total(Object.values(inputs));
  return total(outputs) <= Math.max(LARGEST_RESULT, given);
}

function compute(operation: Operation, constants: ReadonlyMap<Value, ValueArray>): ValueArray[] {
  let results: ValueArray[] = [];
  tidy(() => {
    const inputs = Object.entries(operation.inputs).map(([name, value]) => [name, tensorOf(value, constants)] as const);
    const made = runOperation(operation, Object.fromEntries(inputs));
    results = made.map((tensor) => tensor.dataSync<TensorType>().slice());
  });
  return results;
}

/** Zeros stand for what is not constant. */
function tensorOf(value: Value, constants: ReadonlyMap<Value, ValueArray>): Tensor {
  const { shape } = value;
  const dtype = tensorType(value);
  const Data = { float32: Float32Array, int32: Int32Array, bool: Uint8Array }[dtype];
  return engine().makeTensor(constants.get(value)?.slice() ?? new Data(sizeOf(value)), [...shape], dtype);
}
