import { countUses } from '../graph/edges';
import type { Graph, Operation, Value } from '../graph/graph';

const FUSED: Readonly<Record<string, string>> = {
  Conv2D: 'FusedConv2D',
  DepthwiseConv2dNative: 'FusedDepthwiseConv2D',
};

const ACTIVATIONS: Readonly<Record<string, string>> = { Relu: 'relu', Relu6: 'relu6' };

/**
 * With the sum of a convolution and a bias of shape [C], and Relu or Relu6 of that, as one operation: where nothing else
 * uses what lies between.
 */
export function fuseBiasActivation(graph: Graph): Graph {
  const uses = countUses(graph);
  /** Operations by their only output, as long as the next may take them up. */
  const open = new Map<Value, Operation>();
  const taken = new Set<Operation>();
  const operations = graph.operations.map((operation) => {
    const fusion = withBias(operation, open) ?? withActivation(operation, open);
    if (fusion) taken.add(fusion.of);
    const result = fusion?.operation ?? operation;
    if (uses.get(result.outputs[0]) === 1) open.set(result.outputs[0], result);
    return result;
  });
  return { ...graph, operations: operations.filter((operation) => !taken.has(operation)) };
}

interface Fusion {
  readonly of: Operation;
  readonly operation: Operation;
}

function withBias({ kernel, inputs, outputs }: Operation, open: ReadonlyMap<Value, Operation>): Fusion | undefined {
  if (kernel !== 'Add') return undefined;
  const { a, b } = inputs;
  for (const [sum, bias] of [
    [a, b],
    [b, a],
  ]) {
    const of = open.get(sum);
    if (!of || !(of.kernel in FUSED) || bias.shape.length !== 1 || bias.shape[0] !== sum.shape[3]) continue;
    const attributes = { ...of.attributes, activation: 'linear' };
    return { of, operation: { ...of, kernel: FUSED[of.kernel], inputs: { ...of.inputs, bias }, attributes, outputs } };
  }
  return undefined;
}

function withActivation(operation: Operation, open: ReadonlyMap<Value, Operation>): Fusion | undefined {
  const activation = ACTIVATIONS[operation.kernel];
  const of = activation && open.get(operation.inputs['x']);
  if (!of || !Object.values(FUSED).includes(of.kernel) || of.attributes['activation'] !== 'linear') return undefined;
  return {
    of,
    operation: { ...of, attributes: { ...of.attributes, activation }, outputs: operation.outputs },
  };
}
