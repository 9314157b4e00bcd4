import type { Graph, Operation, Value, ValueArray } from '../graph/graph';
import { substitute, withInputs } from './substitute';

/** Larger constants are not compared. */
const LARGEST_COMPARED = 1024;

/**
 * Each thing computed once: of operations that have the same kernel, inputs and attributes, and of small constants that
 * hold the same, only the first remains. Every kernel that can be traced gives the same whenever it is called.
 */
export function mergeCommonSubexpressions(graph: Graph): Graph {
  const replacements = new Map<Value, Value>();
  const constants = mergeConstants(graph.constants, replacements);
  const numbers = new Map<Value, number>();
  const numberOf = (value: Value): number => {
    if (!numbers.has(value)) numbers.set(value, numbers.size);
    return numbers.get(value)!;
  };
  const firsts = new Map<string, Operation>();
  const operations = graph.operations.flatMap((original) => {
    const operation = withInputs(original, (value) => replacements.get(value) ?? value);
    const key = keyOf(operation, numberOf);
    const first = firsts.get(key);
    if (!first) {
      firsts.set(key, operation);
      return [operation];
    }
    operation.outputs.forEach((output, i) => replacements.set(output, first.outputs[i]));
    return [];
  });
  return substitute({ ...graph, constants, operations }, replacements);
}

function mergeConstants(
  constants: ReadonlyMap<Value, ValueArray>,
  replacements: Map<Value, Value>,
): Map<Value, ValueArray> {
  const firsts = new Map<string, Value>();
  const kept = [...constants].filter(([value, data]) => {
    if (data.length > LARGEST_COMPARED) return true;
    const key = `${value.dtype} ${value.shape.join()} ${Array.from(data, plainNumber).join()}`;
    const first = firsts.get(key);
    if (first) replacements.set(value, first);
    else firsts.set(key, value);
    return !first;
  });
  return new Map(kept);
}

function keyOf({ kernel, inputs, attributes, outputs }: Operation, numberOf: (value: Value) => number): string {
  const given = sorted(inputs).map(([name, value]) => [name, numberOf(value)]);
  const parts = [kernel, given, sorted(attributes), outputs.map(({ shape, dtype }) => [shape, dtype])];
  return JSON.stringify(parts, (_, part: unknown) => (typeof part === 'number' ? plainNumber(part) : part));
}

const sorted = <T>(record: Readonly<Record<string, T>>): [string, T][] =>
  Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));

/** In words where JSON and String do not tell numbers apart: NaN, the infinities and -0. */
const plainNumber = (value: number): number | string => {
  if (Object.is(value, -0)) return '-0';
  return Number.isFinite(value) ? value : String(value);
};
