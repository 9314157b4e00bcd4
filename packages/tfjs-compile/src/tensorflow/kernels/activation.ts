import type { Operation, Value, ValueType } from '../../graph/graph';
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
  { inputs: { bias, preluActivationWeights }, attributes, outputs: [{ dtype }] }: Operation,
  emission: Emission,
): string {
  const { activation = 'linear', leakyreluAlpha } = attributes as { activation?: string; leakyreluAlpha?: number };
  const total = bias ? addBias(sum, bias, emission) : sum;
  if (activation === 'linear') return total;
  if (activation === 'prelu') return preluOf(total, preluActivationWeights, emission);
  if (activation === 'leakyrelu') return leakyReluOf(total, dtype, leakyreluAlpha ?? 0.2, emission);
  return emission.builder.addTyped(PLAIN[activation], dtype, [total]);
}

function addBias(sum: string, bias: Value, { builder, of }: Emission): string {
  return builder.addTyped(bias.shape.length === 1 ? 'BiasAdd' : 'AddV2', bias.dtype, [sum, of(bias)]);
}

function leakyReluOf(x: string, dtype: ValueType, alpha: number, { builder }: Emission): string {
  return builder.addTyped('LeakyRelu', dtype, [x], { alpha: floatAttribute(alpha) });
}

/** max(x, 0) + alpha * min(x, 0). */
function preluOf(x: string, alpha: Value, { builder, of }: Emission): string {
  const { dtype } = alpha;
  const negative = builder.addTyped('Minimum', dtype, [x, builder.scalar(0, dtype)]);
  const scaled = builder.addTyped('Mul', dtype, [of(alpha), negative]);
  return builder.addTyped('AddV2', dtype, [builder.addTyped('Relu', dtype, [x]), scaled]);
}

const leakyRelu: Emit = ({ inputs: { x }, attributes }, emission) =>
  leakyReluOf(emission.of(x), x.dtype, (attributes as { alpha: number }).alpha, emission);

const prelu: Emit = ({ inputs: { x, alpha } }, emission) => preluOf(emission.of(x), alpha, emission);

/** From the output of Relu: where it is positive, its input was. */
const reluGrad: Emit = ({ inputs: { dy, y } }, { builder, of }) =>
  builder.addTyped('ReluGrad', dy.dtype, [of(dy), of(y)]);

const eluGrad: Emit = ({ inputs: { dy, y } }, { builder, of }) =>
  builder.addTyped('EluGrad', dy.dtype, [of(dy), of(y)]);

export const activationKernels: Readonly<Record<string, Emit>> = {
  LeakyRelu: leakyRelu,
  Prelu: prelu,
  ReluGrad: reluGrad,
  EluGrad: eluGrad,
};
