import type { Graph, GraphVariable, Operation, Value } from '../graph/graph';

/** The graph that uses other values, of the same shape and type, in the place of some; what made those stays. */
export function substitute(graph: Graph, replacements: ReadonlyMap<Value, Value>): Graph {
  if (replacements.size === 0) return graph;
  const final = (value: Value): Value => {
    const other = replacements.get(value);
    return other ? final(other) : value;
  };
  return {
    ...graph,
    operations: graph.operations.map((operation) => withInputs(operation, final)),
    outputs: new Map([...graph.outputs].map(([name, value]) => [name, final(value)])),
    variables: graph.variables.map((one): GraphVariable => (one.after ? { ...one, after: final(one.after) } : one)),
  };
}

/** The operation on other inputs. */
export function withInputs(operation: Operation, other: (value: Value) => Value): Operation {
  const inputs = Object.entries(operation.inputs).map(([name, value]) => [name, other(value)] as const);
  return { ...operation, inputs: Object.fromEntries(inputs) };
}
