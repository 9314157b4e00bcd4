import type { Variable } from '@tensorflow/tfjs-core';
import { CompileError } from '../compile-error';
import type { Graph, GraphVariable, ValueType } from '../graph/graph';

/**
 * With some variables as inputs, so that each run can be given values of its own for them.
 *
 * @param variables  by the names that the inputs get
 * @throws CompileError when the graph assigns one of them, or has an input of that name
 */
export function variablesToInputs(graph: Graph, variables: Readonly<Record<string, Variable>>): Graph {
  const inputs = new Map(graph.inputs);
  const own = new Map(graph.variables.map((one) => [one.variable, one]));
  for (const [name, variable] of Object.entries(variables)) {
    const { before, after }: Omit<GraphVariable, 'variable'> = own.get(variable) ?? {
      before: { shape: variable.shape, dtype: variable.dtype as ValueType },
    };
    if (after)
      throw new CompileError(`Expected the variable for the input '${name}' to be read alone, found it assigned.`);
    if (inputs.has(name)) throw new CompileError(`Expected no other input of the name '${name}', found one.`);
    inputs.set(name, before);
    own.delete(variable);
  }
  return { ...graph, inputs, variables: [...own.values()] };
}
