import { resultsOf, type Graph, type Operation } from '../graph/graph';

/**
 * Without the operations and constants that no output and no variable depends on, and without the variables that are
 * neither read nor assigned. Inputs stay: they are how the graph is called.
 */
export function dropDeadCode(graph: Graph): Graph {
  const live = new Set(resultsOf(graph));
  const operations: Operation[] = [];
  for (const operation of [...graph.operations].reverse()) {
    if (!operation.outputs.some((output) => live.has(output))) continue;
    operations.push(operation);
    for (const input of Object.values(operation.inputs)) live.add(input);
  }
  return {
    ...graph,
    operations: operations.reverse(),
    constants: new Map([...graph.constants].filter(([value]) => live.has(value))),
    variables: graph.variables.filter(({ before, after }) => after !== undefined || live.has(before)),
  };
}
