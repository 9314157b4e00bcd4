import { sizeOf, type Operation } from '../../graph/graph';
import type { Emit, OnnxWriter } from '../onnx-writer';

/** Batch normalisation: of NCHW images, or of what has channels last. */
export const BATCH_NORM: Readonly<Record<string, Emit>> = {
  BatchNormTrain: (operation, onnx) => {
    const { x, scale, offset } = operation.inputs;
    const [factor, shift] = [scale, offset].map((value) => onnx.nameOf(value));
    // With momentum 0 the running statistics are the batch's own, whatever the ones given. ONNX Runtime writes over
    // those: they must be nobody else's.
    const own = [shift, factor].map((name) => onnx.node('Neg', [name]));
    const attributes = { epsilon: epsilonOf(operation), momentum: { float: 0 }, training_mode: 1 };
    const inputs = [channelsSecond(x.shape, onnx.nameOf(x), operation, onnx), factor, shift, ...own];
    const [y, mean, variance] = onnx.outputsOf('BatchNormalization', inputs, attributes, 3);
    return [channelsBack(x.shape, y, operation, onnx), mean, variance];
  },
  BatchNormTrainGrad: gradient,
  FusedBatchNorm: (operation, onnx) => {
    const { x, scale, offset, mean, variance } = operation.inputs;
    const fill = (value: number) => onnx.constant('float32', mean.shape, new Float32Array(sizeOf(mean)).fill(value));
    const inputs = [
      channelsSecond(x.shape, onnx.nameOf(x), operation, onnx),
      scale ? onnx.nameOf(scale) : fill(1),
      offset ? onnx.nameOf(offset) : fill(0),
      ...[mean, variance].map((value) => onnx.nameOf(value)),
    ];
    const epsilon = { float: operation.attributes['varianceEpsilon'] as number };
    return channelsBack(x.shape, onnx.node('BatchNormalization', inputs, { epsilon }), operation, onnx);
  },
};

const epsilonOf = ({ attributes }: Operation) => ({ float: attributes['epsilon'] as number });
const isNchw = ({ attributes }: Operation): boolean => attributes['dataFormat'] === 'NCHW';

/** ONNX has channels second: [pixels, channels] of what has them last. */
function channelsSecond(shape: readonly number[], x: string, operation: Operation, onnx: OnnxWriter): string {
  return isNchw(operation) ? x : onnx.reshape(x, [-1, shape[shape.length - 1]]);
}

function channelsBack(shape: readonly number[], y: string, operation: Operation, onnx: OnnxWriter): string {
  return isNchw(operation) ? y : onnx.reshape(y, shape);
}

/**
 * The gradient where mean and variance are those of x itself (Ioffe & Szegedy 2015, section 3). It is linear in dy and
 * x, with three coefficients per channel: dx = byDy * dy + byX * x + constant.
 */
function gradient(operation: Operation, onnx: OnnxWriter): readonly string[] {
  const { x, scale } = operation.inputs;
  const channels = scale.shape[0];
  const count = onnx.float(sizeOf(x) / channels);
  const names = Object.fromEntries(Object.entries(operation.inputs).map(([name, value]) => [name, onnx.nameOf(value)]));
  const [dy, pixels] = [names['dy'], names['x']].map((name) => channelsSecond(x.shape, name, operation, onnx));
  const [axes, perChannel] = isNchw(operation)
    ? [
        [0, 2, 3],
        [channels, 1, 1],
      ]
    : [[0], [channels]];
  const sum = (name: string) => onnx.node('ReduceSum', [name, onnx.ints(axes)], { keepdims: 0 });
  const { mean } = names;
  const dOffset = sum(dy);
  const centred = onnx.node('Sub', [pixels, onnx.reshape(mean, perChannel)]);
  const sumDyCentred = sum(onnx.node('Mul', [dy, centred]));
  const deviation = onnx.node('Sqrt', [
    onnx.node('Add', [names['variance'], onnx.float(operation.attributes['epsilon'] as number)]),
  ]);
  const dScale = onnx.node('Div', [sumDyCentred, deviation]);
  const byDy = onnx.node('Div', [names['scale'], deviation]);
  const perCount = (name: string) => onnx.node('Neg', [onnx.node('Div', [onnx.node('Mul', [byDy, name]), count])]);
  const byCentred = perCount(onnx.node('Div', [dScale, deviation]));
  const constant = perCount(dOffset);
  const [a, b, c] = [byDy, byCentred, constant].map((name) => onnx.reshape(name, perChannel));
  const linear = onnx.node('Add', [onnx.node('Mul', [dy, a]), onnx.node('Mul', [centred, b])]);
  return [channelsBack(x.shape, onnx.node('Add', [linear, c]), operation, onnx), dScale, dOffset];
}
