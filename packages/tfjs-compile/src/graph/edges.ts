import { resultsOf, type Graph, type Operation, type Value } from './graph';

/** Which operation makes a value; none makes inputs, constants and variables. */
export function producersOf({ operations }: Graph): Map<Value, Operation> {
  return new Map(operations.flatMap((operation) => operation.outputs.map((output) => [output, operation])));
}

/** Some values and all that they depend on. */
export function neededValues({ operations }: Graph, wanted: Iterable<Value>): ReadonlySet<Value> {
  const needed = new Set(wanted);
  for (const { inputs, outputs } of [...operations].reverse()) {
    if (!outputs.some((value) => needed.has(value))) continue;
    for (const value of Object.values(inputs)) needed.add(value);
  }
  return needed;
}

/** How often each value is used: by an operation, as an output, or as what a variable becomes. */
export function countUses(graph: Graph): Map<Value, number> {
  const counts = new Map<Value, number>();
  const used = [...graph.operations.flatMap(({ inputs }) => Object.values(inputs)), ...resultsOf(graph)];
  for (const value of used) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}
