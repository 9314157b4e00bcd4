import { producersOf } from '../graph/edges';
import type { Graph, Operation, Value } from '../graph/graph';
import type { PoolAttributes } from '../trace/canonical-operation';
import { dropDeadCode } from './drop-dead-code';
import { marginsOf, withMargins } from './fold-padding';

/**
 * With the zeros around what ReLU gave as padding of the maximum over windows, which is zero or more with or without them.
 * The gradient may reach another of several zeros then, and ReLU's own gradient lets nothing pass there: both change
 * together, where nothing but that follows.
 */
export function foldPoolPadding(graph: Graph): Graph {
  const producers = producersOf(graph);
  const users = usersOf(graph);
  const folded = new Map<Operation, Operation>();
  for (const pad of graph.operations) {
    const margins = pad.kernel === 'PadV2' && marginsOf(pad.attributes['paddings'] as number[][]);
    const { x } = pad.inputs;
    if (!margins || (pad.attributes['constantValue'] ?? 0) !== 0 || producers.get(x)?.kernel !== 'Relu') continue;
    const pools = users.get(pad.outputs[0]) ?? [];
    const replacements = pools.map((pool): [Operation, Operation] | undefined => {
      const { filterSize, padding } = pool.attributes as Partial<PoolAttributes>;
      if (!filterSize || !padding) return undefined;
      const isCovered = margins.every((margin, side) => margin + padding[side] < filterSize[side >> 1]);
      if (!isCovered) return undefined;
      const wide = withMargins(pool, margins);
      if (pool.kernel === 'MaxPool') return [pool, { ...wide, inputs: { x } }];
      if (pool.kernel !== 'MaxPoolGrad') return undefined;
      const [cut, ...others] = users.get(pool.outputs[0]) ?? [];
      const isCut = cut?.kernel === 'Slice' && others.length === 0 && cutsOff(cut, margins, x);
      const after = isCut ? (users.get(cut.outputs[0]) ?? []) : [];
      const isMasked =
        after.length > 0 && after.every(({ kernel, inputs }) => kernel === 'ReluGrad' && inputs['y'] === x);
      const inputs = { ...pool.inputs, input: x };
      return isMasked ? [cut, { ...wide, inputs, outputs: cut.outputs }] : undefined;
    });
    if (replacements.every((one) => one !== undefined)) for (const [old, next] of replacements) folded.set(old, next);
  }
  const operations = graph.operations.map((operation) => folded.get(operation) ?? operation);
  return dropDeadCode({ ...graph, operations });
}

/** Whether a Slice leaves the image within the margins. */
function cutsOff({ attributes, outputs }: Operation, [top, , left]: readonly number[], { shape }: Value): boolean {
  const begin = attributes['begin'] as number[];
  return begin.join() === [0, top, left, 0].join() && outputs[0].shape.join() === shape.join();
}

/** The operations that use a value; a graph's output has a user that is none of them, so that it counts as used otherwise. */
function usersOf(graph: Graph): Map<Value, Operation[]> {
  const users = new Map<Value, Operation[]>();
  const add = (value: Value, user: Operation) => users.set(value, [...(users.get(value) ?? []), user]);
  for (const operation of graph.operations) for (const value of Object.values(operation.inputs)) add(value, operation);
  const outside: Operation = { kernel: 'Output', inputs: {}, attributes: {}, outputs: [] };
  for (const value of graph.outputs.values()) add(value, outside);
  for (const { after } of graph.variables) if (after) add(after, outside);
  return users;
}
