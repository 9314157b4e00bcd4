import { sizeOf, type Operation, type ValueType } from '../../graph/graph';
import { boolAttribute, floatAttribute, textAttribute, typeAttribute } from '../message/attribute';
import type { NodeAttributes } from '../graph-builder';
import { castTo } from './elementwise';
import type { Emission, Emit } from './emission';

/** @param type  of the images; statistics, scales and offsets are float32 */
function attributesOf(type: ValueType, epsilon: number, isTraining: boolean): NodeAttributes {
  return {
    T: typeAttribute(type),
    U: typeAttribute('float32'),
    epsilon: floatAttribute(epsilon),
    data_format: textAttribute('NHWC'),
    is_training: boolAttribute(isTraining),
  };
}

/**
 * FusedBatchNormV3. Its batch variance is unbiased, that of the kernel biased. Three more outputs are kept for its
 * gradient: what they hold differs between the CPU and cuDNN.
 */
const batchNormTrain: Emit = ({ inputs: { x, scale, offset }, outputs, attributes }, emission) => {
  const { builder, of, batchNormReserves } = emission;
  const { epsilon } = attributes as { epsilon: number };
  const none = builder.constant(new Float32Array(0), 'float32', [0]);
  const given = [of(x), of(scale), of(offset), none, none];
  const node = builder.add('FusedBatchNormV3', given, attributesOf(x.dtype, epsilon, true));
  const count = sizeOf(x) / x.shape[x.shape.length - 1];
  const biased = builder.scalar((count - 1) / count, 'float32');
  const variance = builder.addTyped('Mul', 'float32', [`${node}:2`, biased]);
  const reserves = [3, 4, 5].map((i) => `${node}:${i}`);
  batchNormReserves.set(outputs[1], reserves);
  return [node, `${node}:1`, variance, ...reserves].slice(0, outputs.length);
};

/** FusedBatchNormGradV3 on what the batch norm kept, found by its mean. */
const batchNormTrainGrad: Emit = (operation, emission) => {
  const { builder, of, batchNormReserves } = emission;
  const { dy, x, scale, mean } = operation.inputs;
  const reserves = batchNormReserves.get(mean);
  if (!reserves) return composedGradient(operation, emission);
  const { epsilon } = operation.attributes as { epsilon: number };
  const inputs = [of(dy), of(x), of(scale), ...reserves];
  const node = builder.add('FusedBatchNormGradV3', inputs, attributesOf(x.dtype, epsilon, true));
  return [node, `${node}:1`, `${node}:2`];
};

/**
 * Where the moments are not a batch norm's own (Ioffe & Szegedy 2015, section 3):
 * dx = scale / s * (dy - mean(dy) - xhat * mean(dy * xhat)), with s the deviation and xhat the normalised x.
 */
function composedGradient({ inputs, attributes }: Operation, emission: Emission): string[] {
  const { builder, of } = emission;
  const { x, scale, mean, variance } = inputs;
  const [dy, images] = [inputs['dy'], x].map((value) => castTo('float32', value, emission));
  const { epsilon } = attributes as { epsilon: number };
  const op = (name: string, ...from: string[]) => builder.addTyped(name, 'float32', from);
  const axes = builder.ints(x.shape.map((_, i) => i).slice(0, -1));
  const sum = (from: string) => builder.addTyped('Sum', 'float32', [from, axes], { Tidx: typeAttribute('int32') });
  const perValue = builder.scalar(x.shape[x.shape.length - 1] / sizeOf(x), 'float32');
  const inverse = op('Rsqrt', op('AddV2', of(variance), builder.scalar(epsilon, 'float32')));
  const normalized = op('Mul', op('Sub', images, of(mean)), inverse);
  const dOffset = sum(dy);
  const dScale = sum(op('Mul', dy, normalized));
  const centred = op('Sub', dy, op('Mul', dOffset, perValue));
  const rest = op('Sub', centred, op('Mul', normalized, op('Mul', dScale, perValue)));
  const dx = op('Mul', rest, op('Mul', of(scale), inverse));
  return [builder.cast(dx, 'float32', x.dtype), dScale, dOffset];
}

/** With moments that were collected before: FusedBatchNormV3 where they are one per channel, else composed. */
const batchNorm: Emit = ({ inputs, attributes }, emission) => {
  const { builder, of } = emission;
  const { x, mean, variance, scale, offset } = inputs;
  const { varianceEpsilon } = attributes as { varianceEpsilon: number };
  const op = (name: string, ...from: string[]) => builder.addTyped(name, 'float32', from);
  if (x.shape.length === 4 && mean.shape.length === 1) {
    const filled = (value: number) =>
      builder.constant(new Float32Array(mean.shape[0]).fill(value), 'float32', mean.shape);
    const affine = [scale ? of(scale) : filled(1), offset ? of(offset) : filled(0)];
    const given = [of(x), ...affine, of(mean), of(variance)];
    return builder.add('FusedBatchNormV3', given, attributesOf(x.dtype, varianceEpsilon, false));
  }
  const inverse = op('Rsqrt', op('AddV2', of(variance), builder.scalar(varianceEpsilon, 'float32')));
  const scaled = scale ? op('Mul', inverse, of(scale)) : inverse;
  const normalized = op('Mul', op('Sub', castTo('float32', x, emission), of(mean)), scaled);
  return builder.cast(offset ? op('AddV2', normalized, of(offset)) : normalized, 'float32', x.dtype);
};

export const batchNormKernels: Readonly<Record<string, Emit>> = {
  FusedBatchNorm: batchNorm,
  BatchNormTrain: batchNormTrain,
  BatchNormTrainGrad: batchNormTrainGrad,
};
