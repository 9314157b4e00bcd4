import type { OpAttributes } from '../kernels/run-op';
import type { NodeBackend } from '../node-backend';
import type { GraphNode, Placeholders } from './graph-text';
import { loadGraph, type RunGraph } from './load-graph';

const PLACEHOLDERS: Placeholders = {
  x: 'DT_FLOAT',
  filter: 'DT_FLOAT',
  bias: 'DT_FLOAT',
  addend: 'DT_FLOAT',
  shape: 'DT_INT32',
};

/** Inputs of each op, in its order. */
const INPUTS = {
  Conv2D: ['x', 'filter'],
  /** With `x` for the gradient: a transposed convolution. */
  Conv2DBackpropInput: ['shape', 'filter', 'x'],
};

/** By op and attributes. */
const loaded = new Map<string, RunGraph>();

/**
 * A convolution and what may follow it. Nodes to run up to: `sum` with the bias, `total` with the addend as well, and
 * the ReLU of either, `sumRelu` and `totalRelu`.
 */
export function convolutionGraph(backend: NodeBackend, op: keyof typeof INPUTS, attributes: OpAttributes): RunGraph {
  const key = JSON.stringify([op, attributes]);
  let graph = loaded.get(key);
  if (!graph) {
    const nodes: GraphNode[] = [
      { name: 'convolution', op, inputs: INPUTS[op], attributes },
      { name: 'sum', op: 'BiasAdd', inputs: ['convolution', 'bias'] },
      { name: 'sumRelu', op: 'Relu', inputs: ['sum'] },
      { name: 'total', op: 'AddV2', inputs: ['sum', 'addend'] },
      { name: 'totalRelu', op: 'Relu', inputs: ['total'] },
    ];
    graph = loadGraph(backend, PLACEHOLDERS, nodes);
    loaded.set(key, graph);
  }
  return graph;
}
