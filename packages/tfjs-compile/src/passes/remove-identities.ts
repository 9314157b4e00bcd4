import { producersOf } from '../graph/edges';
import type { Graph, Operation, Value } from '../graph/graph';
import { scalarConstant } from './scalar-constant';
import { substitute, withInputs } from './substitute';

/**
 * Without operations that give what they are given: a Reshape to the same shape, a Cast to the same type, AddN of one
 * tensor, a multiplication or division by one, an addition or subtraction of zero, a Transpose, Tile, Slice or PadV2 that
 * does nothing. A Reshape of a Reshape, and a Transpose of a Transpose, become one.
 */
export function removeIdentities(graph: Graph): Graph {
  const producers = producersOf(graph);
  const replacements = new Map<Value, Value>();
  const operations = graph.operations.flatMap((original) => {
    const operation = joined(
      withInputs(original, (value) => replacements.get(value) ?? value),
      producers,
    );
    const same = unchanged(operation, graph);
    if (same && isLike(same, operation.outputs[0])) {
      replacements.set(operation.outputs[0], same);
      return [];
    }
    producers.set(operation.outputs[0], operation);
    return [operation];
  });
  return substitute({ ...graph, operations }, replacements);
}

/** Which input an operation gives back, if that has its output's shape and type. */
function unchanged({ kernel, inputs, attributes }: Operation, graph: Graph): Value | undefined {
  const { x, a, b } = inputs;
  const is = (value: Value, number: number) => scalarConstant(graph, value) === number;
  switch (kernel) {
    case 'Reshape':
    case 'Cast':
    case 'Tile':
    case 'Slice':
    case 'PadV2':
      return x;
    case 'Transpose':
      return (attributes['perm'] as number[]).every((axis, i) => axis === i) ? x : undefined;
    case 'AddN':
      return Object.keys(inputs).length === 1 ? inputs['0'] : undefined;
    case 'Add':
      return is(b, 0) ? a : is(a, 0) ? b : undefined;
    case 'Multiply':
      return is(b, 1) ? a : is(a, 1) ? b : undefined;
    case 'Sub':
      return is(b, 0) ? a : undefined;
    case 'RealDiv':
      return is(b, 1) ? a : undefined;
    default:
      return undefined;
  }
}

/** A Reshape or Transpose of another's result, on what that was given. */
function joined(operation: Operation, producers: ReadonlyMap<Value, Operation>): Operation {
  const { kernel, inputs, attributes } = operation;
  if (kernel !== 'Reshape' && kernel !== 'Transpose') return operation;
  const first = producers.get(inputs['x']);
  if (first?.kernel !== kernel) return operation;
  if (kernel === 'Reshape') return { ...operation, inputs: first.inputs };
  const inner = first.attributes['perm'] as number[];
  const perm = (attributes['perm'] as number[]).map((axis) => inner[axis]);
  return { ...operation, inputs: first.inputs, attributes: { ...attributes, perm } };
}

const isLike = (a: Value, b: Value): boolean =>
  a.dtype === b.dtype && a.shape.length === b.shape.length && a.shape.every((side, i) => side === b.shape[i]);
