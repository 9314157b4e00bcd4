import { resultsOf, type Graph, type Operation, type Precision, type Value } from '../graph/graph';
import { Precisions } from './precisions';
import { reducedKernel } from './reduced-kernels';

/**
 * The graph with its convolutions, matrix products and their gradients in a type of 16 bits, and with what lies between
 * them in it as well, where all that it takes is there already in that type (`reducedKernel` has the list). All else
 * stays float32, as do inputs, outputs, variables and their new values: so the weights that an optimizer moves keep all
 * bits, and what is computed of them is rounded anew in each run. Each value is cast once at most.
 *
 * @param precision  'float32' leaves the graph as it is. float16 has 11 bits of mantissa, but gradients below 6e-8 vanish in it and numbers above 65504 overflow:
 *   scale the loss. bfloat16 has 8, and the range of float32
 */
export function reducePrecision(graph: Graph, precision: Precision): Graph {
  if (precision === 'float32') return graph;
  const precisions = new Precisions(precision);
  for (const operation of graph.operations) precisions.operations.push(reduced(operation, precisions));
  for (const value of resultsOf(graph)) precisions.float(value);
  return { ...graph, operations: precisions.operations };
}

function reduced(operation: Operation, precisions: Precisions): Operation {
  const { inputs, outputs } = operation;
  const plan = reducedKernel(operation);
  const isReduced = plan?.leading.every((name) => precisions.isMadeReduced(inputs[name])) ?? false;
  const given = Object.entries(inputs).map(([name, value]): [string, Value] => [
    name,
    isReduced && plan!.inputs.includes(name) ? precisions.reduced(value) : precisions.float(value),
  ]);
  const made = outputs.map((value, i) => (isReduced && i < plan!.outputs ? precisions.makeReduced(value) : value));
  return { ...operation, inputs: Object.fromEntries(given), outputs: made };
}
