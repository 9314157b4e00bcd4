import { CompileError } from '../compile-error';
import { neededValues } from '../graph/edges';
import { tensorType, type Graph, type Operation, type Value } from '../graph/graph';
import type { GraphBuilder } from './graph-builder';
import { ALL_KERNELS } from './kernels/all-kernels';

/**
 * Adds to a TensorFlow graph what some values of a graph need.
 *
 * @param given  outputs of nodes that hold inputs and variables
 * @returns where each of the graph's values is
 * @throws CompileError for a kernel without a counterpart, with the place where it was called
 */
export function emitGraph(
  builder: GraphBuilder,
  graph: Graph,
  wanted: Iterable<Value>,
  given: ReadonlyMap<Value, string>,
): (value: Value) => string {
  const outputs = new Map(given);
  const of = (value: Value): string => {
    const constant = graph.constants.get(value);
    if (constant && !outputs.has(value)) outputs.set(value, builder.constant(constant, tensorType(value), value.shape));
    return outputs.get(value)!;
  };
  const emission = { builder, of, batchNormReserves: new Map<Value, readonly string[]>() };
  const needed = neededValues(graph, wanted);
  for (const operation of graph.operations) {
    if (!operation.outputs.some((value) => needed.has(value))) continue;
    const emit = ALL_KERNELS.get(operation.kernel);
    if (!emit) throw missing(operation);
    const made = [emit(operation, emission)].flat();
    operation.outputs.forEach((value, i) => outputs.set(value, made[i]));
  }
  return of;
}

function missing({ kernel, callSite }: Operation): CompileError {
  return new CompileError(
    `TensorFlow has no op for the kernel ${kernel}, called at ${callSite ?? 'an unknown place'}. Compose it of other ` +
      'operations, or run the function without compiling it.',
  );
}
