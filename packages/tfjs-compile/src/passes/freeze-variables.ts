import type { Graph, TensorType, Value, ValueArray } from '../graph/graph';

/**
 * With the variables that the graph does not assign as constants, of the values that they have now: for a network that
 * does not learn any more. Weights then need not be handed in at each run, and `optimize` folds batch normalisation into
 * convolutions.
 */
export function freezeVariables(graph: Graph): Graph {
  const frozen = graph.variables.filter(({ after }) => !after);
  const values = frozen.map(({ variable, before }): [Value, ValueArray] => [
    before,
    variable.dataSync<TensorType>().slice(),
  ]);
  return {
    ...graph,
    constants: new Map([...graph.constants, ...values]),
    variables: graph.variables.filter(({ after }) => after),
  };
}
