import { producersOf } from '../graph/edges';
import type { Graph, Operation } from '../graph/graph';
import type { ConvolutionAttributes } from '../trace/canonical-operation';
import { dropDeadCode } from './drop-dead-code';

type Padding = ConvolutionAttributes['padding'];

const ON_PADDED = new Set(['Conv2D', 'FusedConv2D', 'Conv2DBackpropFilter']);

/**
 * With the zeros around images as padding of the convolution that they are for, in its gradients, too: towards the padded
 * images, that no longer computes what would be cut off.
 */
export function foldPadding(graph: Graph): Graph {
  const producers = producersOf(graph);
  const operations = graph.operations.map((operation) => {
    const folded = onUnpadded(operation, producers.get(operation.inputs['x'])) ?? operation;
    for (const output of folded.outputs) producers.set(output, folded);
    return folded;
  });
  return dropDeadCode({ ...graph, operations });
}

/** A convolution of padded images, or a part of images' gradient, on what was padded; undefined for anything else. */
function onUnpadded(operation: Operation, before: Operation | undefined): Operation | undefined {
  if (
    ON_PADDED.has(operation.kernel) &&
    before?.kernel === 'PadV2' &&
    (before.attributes['constantValue'] ?? 0) === 0
  ) {
    const margins = marginsOf(before.attributes['paddings'] as number[][]);
    return margins && { ...withMargins(operation, margins), inputs: { ...operation.inputs, x: before.inputs['x'] } };
  }
  if (operation.kernel === 'Slice' && before?.kernel === 'Conv2DBackpropInput') {
    const begin = operation.attributes['begin'] as number[];
    const [whole, part] = [before.outputs[0].shape, operation.outputs[0].shape];
    const margins = marginsOf(begin.map((start, axis) => [start, whole[axis] - start - part[axis]]));
    return margins && { ...withMargins(before, margins), outputs: operation.outputs };
  }
  return undefined;
}

/** Those of rows and columns, if it is images that have them, and no others. */
export function marginsOf(margins: readonly number[][]): Padding | undefined {
  if (margins.length !== 4) return undefined;
  const [images, rows, columns, channels] = margins;
  const isPlain = [...images, ...channels].every((margin) => margin === 0);
  return isPlain ? [rows[0], rows[1], columns[0], columns[1]] : undefined;
}

/** An operation whose own padding has these margins outside of it. */
export function withMargins(operation: Operation, margins: Padding): Operation {
  const padding = (operation.attributes['padding'] as Padding).map((margin, side) => margin + margins[side]);
  return { ...operation, attributes: { ...operation.attributes, padding } };
}
