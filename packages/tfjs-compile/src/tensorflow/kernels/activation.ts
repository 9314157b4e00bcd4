import type { Operation, Value } from '../../graph/graph';
import { floatAttribute } from '../message/attribute';
import type { Emission, Emit } from './emission';

const PLAIN: Readonly<Record<string, string>> = {
  relu: 'Relu',
  relu6: 'Relu6',
  elu: 'Elu',
  sigmoid: 'Sigmoid',
};

/**
 * The bias and the activation that follow a product or convolution in TensorFlow.js' fused kernels.
 *
 * @param sum  what the product gave
 */
export function biasAndActivation(
  sum: string,
  { inputs: { bias, preluActivationWeights }, attributes }: Operation,
  emission: Emission,
): string {
  const { activation = 'linear', leakyreluAlpha } = attributes as { activation?: string; leakyreluAlpha?: number };
  const total = bias ? addBias(sum, bias, emission) : sum;
  if (activation === 'linear') return total;
  if (activation === 'prelu') return preluOf(total, preluActivationWeights, emission);
  if (activation === 'leakyrelu') return leakyReluOf(total, leakyreluAlpha ?? 0.2, emission);
  return emission.builder.addTyped(PLAIN[activation], 'float32', [total]);
}

function addBias(sum: string, bias: Value, { builder, of }: Emission): string {
  return builder.addTyped(bias.shape.length === 1 ? 'BiasAdd' : 'AddV2', 'float32', [sum, of(bias)]);
}

function leakyReluOf(x: string, alpha: number, { builder }: Emission): string {
  return builder.addTyped('LeakyRelu', 'float32', [x], { alpha: floatAttribute(alpha) });
}

/** max(x, 0) + alpha * min(x, 0). */
function preluOf(x: string, alpha: Value, { builder, of }: Emission): string {
  const negative = builder.addTyped('Minimum', 'float32', [x, builder.scalar(0, 'float32')]);
  const scaled = builder.addTyped('Mul', 'float32', [of(alpha), negative]);
  return builder.addTyped('AddV2', 'float32', [builder.addTyped('Relu', 'float32', [x]), scaled]);
}

const leakyRelu: Emit = ({ inputs: { x }, attributes }, emission) =>
  leakyReluOf(emission.of(x), (attributes as { alpha: number }).alpha, emission);

const prelu: Emit = ({ inputs: { x, alpha } }, emission) => preluOf(emission.of(x), alpha, emission);

/** From the output of Relu: where it is positive, its input was. */
const reluGrad: Emit = ({ inputs: { dy, y } }, { builder, of }) =>
  builder.addTyped('ReluGrad', 'float32', [of(dy), of(y)]);

const eluGrad: Emit = ({ inputs: { dy, y } }, { builder, of }) =>
  builder.addTyped('EluGrad', 'float32', [of(dy), of(y)]);

export const activationKernels: Readonly<Record<string, Emit>> = {
  LeakyRelu: leakyRelu,
  Prelu: prelu,
  ReluGrad: reluGrad,
  EluGrad: eluGrad,
};
