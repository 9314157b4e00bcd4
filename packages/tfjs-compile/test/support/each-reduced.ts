import type { Graph, Operation, Value } from '../../src';
import type { ReducedType } from '../../src/graph/graph';
import { reducedKernel } from '../../src/passes/reduced-kernels';

/** The graph with every operation that can in a type of 16 bits, whatever it takes, between casts of its own. */
export function eachReduced(graph: Graph, type: ReducedType): Graph {
  return { ...graph, operations: graph.operations.flatMap((operation) => betweenCasts(operation, type)) };
}

function betweenCasts(operation: Operation, type: ReducedType): Operation[] {
  const plan = reducedKernel(operation);
  if (!plan) return [operation];
  const cast = (x: Value, output: Value): Operation => ({
    ...{ kernel: 'Cast', inputs: { x }, attributes: { dtype: output.dtype }, outputs: [output] },
  });
  const ofType = ({ shape }: Value): Value => ({ shape, dtype: type });
  const inputs = Object.entries(operation.inputs).map(([name, value]): [string, Value] => [
    name,
    plan.inputs.includes(name) ? ofType(value) : value,
  ]);
  const outputs = operation.outputs.map((value, i) => (i < plan.outputs ? ofType(value) : value));
  return [
    ...inputs.flatMap(([name, value]) => (value.dtype === type ? [cast(operation.inputs[name], value)] : [])),
    { ...operation, inputs: Object.fromEntries(inputs), outputs },
    ...outputs.flatMap((value, i) => (value.dtype === type ? [cast(value, operation.outputs[i])] : [])),
  ];
}
