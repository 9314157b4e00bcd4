import { neededValues } from '../graph/edges';
import { resultsOf, type Graph } from '../graph/graph';

/**
 * Without the operations and constants that no output and no variable depends on, and without the variables that are
 * neither read nor assigned. Inputs stay: they are how the graph is called.
 */
export function dropDeadCode(graph: Graph): Graph {
  const live = neededValues(graph, resultsOf(graph));
  return {
    ...graph,
    operations: graph.operations.filter(({ outputs }) => outputs.some((output) => live.has(output))),
    constants: new Map([...graph.constants].filter(([value]) => live.has(value))),
    variables: graph.variables.filter(({ before, after }) => after !== undefined || live.has(before)),
  };
}
