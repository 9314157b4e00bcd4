import { countUses, producersOf } from '../graph/edges';
import type { Attributes, Graph, Operation, Value, ValueArray } from '../graph/graph';

/** Convolutions without an activation, and what each becomes with a bias. */
const BIASED: Readonly<Record<string, string>> = {
  Conv2D: 'FusedConv2D',
  FusedConv2D: 'FusedConv2D',
  DepthwiseConv2dNative: 'FusedDepthwiseConv2D',
  FusedDepthwiseConv2D: 'FusedDepthwiseConv2D',
};

/**
 * With batch normalisation by constant statistics folded into a convolution of constant weights before it, where nothing
 * else uses what lies between: the filter is multiplied by factor = scale / sqrt(variance + epsilon), the bias becomes
 * offset - (mean - bias) * factor. `foldConstants` then computes both. Of variables they would be computed at each run,
 * which costs more than it saves.
 */
export function foldBatchNorm(graph: Graph): Graph {
  const uses = countUses(graph);
  const producers = producersOf(graph);
  const constants = new Map(graph.constants);
  const folded = new Set<Operation>();
  const operations = graph.operations.flatMap((operation) => {
    const { kernel, inputs } = operation;
    const convolution = kernel === 'FusedBatchNorm' ? producers.get(inputs['x']) : undefined;
    const isFoldable =
      convolution &&
      convolution.kernel in BIASED &&
      (convolution.attributes['activation'] ?? 'linear') === 'linear' &&
      uses.get(inputs['x']) === 1 &&
      [operation, convolution].every((one) => isConstantButForX(one, graph));
    if (!isFoldable) return [operation];
    folded.add(convolution);
    return foldedConvolution(convolution, operation, constants);
  });
  return { ...graph, constants, operations: operations.filter((operation) => !folded.has(operation)) };
}

const isConstantButForX = ({ inputs }: Operation, { constants }: Graph): boolean =>
  Object.entries(inputs).every(([name, value]) => name === 'x' || constants.has(value));

function foldedConvolution(convolution: Operation, norm: Operation, constants: Map<Value, ValueArray>): Operation[] {
  const made: Operation[] = [];
  const compute = (
    kernel: string,
    inputs: Record<string, Value>,
    shape: readonly number[],
    attributes?: Attributes,
  ) => {
    const output: Value = { shape, dtype: 'float32' };
    made.push({ kernel, inputs, attributes: attributes ?? {}, outputs: [output], callSite: norm.callSite });
    return output;
  };
  const { mean, variance, scale, offset } = norm.inputs;
  const { filter, bias } = convolution.inputs;
  const { shape } = variance;
  const epsilon: Value = { shape: [], dtype: 'float32' };
  constants.set(epsilon, Float32Array.of(norm.attributes['varianceEpsilon'] as number));

  let factor = compute('Rsqrt', { x: compute('Add', { a: variance, b: epsilon }, shape) }, shape);
  if (scale) factor = compute('Multiply', { a: factor, b: scale }, shape);
  const centre = bias ? compute('Sub', { a: mean, b: bias }, shape) : mean;
  const shift = compute('Multiply', { a: centre, b: factor }, shape);
  const newBias = offset ? compute('Sub', { a: offset, b: shift }, shape) : compute('Neg', { x: shift }, shape);

  // [H, W, in, out], or [H, W, in, multiplier] of a depthwise convolution, whose outputs are in * multiplier
  const isDepthwise = BIASED[convolution.kernel] === 'FusedDepthwiseConv2D';
  const perFilter = isDepthwise ? filter.shape.slice(2) : shape;
  if (isDepthwise) factor = compute('Reshape', { x: factor }, perFilter, { shape: [...perFilter] });
  const newFilter = compute('Multiply', { a: filter, b: factor }, filter.shape);

  return [
    ...made,
    {
      ...convolution,
      kernel: BIASED[convolution.kernel],
      inputs: { ...convolution.inputs, filter: newFilter, bias: newBias },
      attributes: { ...convolution.attributes, activation: 'linear' },
      outputs: norm.outputs,
    },
  ];
}
