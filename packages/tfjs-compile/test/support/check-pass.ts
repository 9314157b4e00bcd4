import { dispose, type NamedTensorMap } from '@tensorflow/tfjs-core';
import { trace, type Graph, type TensorFunction } from '../../src';
import { expectEqual } from './compare';
import { interpret } from './interpret';

/**
 * Traces a function and runs a pass over its graph, once and once more. Expects the same results of both graphs, and the
 * second time to find nothing new.
 *
 * @returns the kernels of the new graph, and the graph
 */
export function checkPass(
  pass: (graph: Graph) => Graph,
  fn: TensorFunction,
  inputs: NamedTensorMap,
  tolerance = 1e-5,
): { kernels: string[]; graph: Graph } {
  const traced = trace(fn, inputs);
  const graph = pass(traced);
  const expected = interpret(traced, inputs);
  const found = interpret(graph, inputs);
  expectEqual(found, expected, tolerance);
  dispose([found, expected]);
  expect(kernelsOf(pass(graph))).toEqual(kernelsOf(graph));
  return { kernels: kernelsOf(graph), graph };
}

export const kernelsOf = ({ operations }: Graph): string[] => operations.map(({ kernel }) => kernel);
