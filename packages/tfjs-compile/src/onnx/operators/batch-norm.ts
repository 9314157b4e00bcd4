import { sizeOf, type Operation } from '../../graph/graph';
import type { Emit, OnnxWriter } from '../onnx-writer';
import { channelsLast } from './channels-last';

/** Batch normalisation, in float32 as its statistics are: of NCHW images, or of what has channels last. */
export const BATCH_NORM: Readonly<Record<string, Emit>> = {
  BatchNormTrain: (operation, onnx) =>
    isNchw(operation) && onnx.provider === 'cpu' ? trainingByOperator(operation, onnx) : training(operation, onnx),
  BatchNormTrainGrad: gradient,
  FusedBatchNorm: inference,
};

const epsilonOf = ({ attributes }: Operation) => attributes['epsilon'] as number;
const isNchw = ({ attributes }: Operation): boolean => attributes['dataFormat'] === 'NCHW';

/** Of NCHW. GPUs' providers have it for inference alone. */
function trainingByOperator(operation: Operation, onnx: OnnxWriter): readonly string[] {
  const { x, scale, offset } = operation.inputs;
  const [factor, shift] = [scale, offset].map((value) => onnx.nameOf(value));
  // With momentum 0 the running statistics are the batch's own, whatever the ones given. ONNX Runtime writes over
  // those: they must be nobody else's.
  const own = [shift, factor].map((name) => onnx.node('Neg', [name]));
  const attributes = { epsilon: { float: epsilonOf(operation) }, momentum: { float: 0 }, training_mode: 1 };
  const inputs = [onnx.floatOf(x), factor, shift, ...own];
  const [y, mean, variance] = onnx.outputsOf('BatchNormalization', inputs, attributes, 3);
  return [onnx.fromFloat(y, x), mean, variance];
}

function training(operation: Operation, onnx: OnnxWriter): readonly string[] {
  const { x, scale, offset } = operation.inputs;
  const pixels = pixelsOf(operation, onnx);
  const count = onnx.float(sizeOf(x) / sizeOf(scale));
  const mean = onnx.node('Div', [pixels.sum(pixels.of(onnx.floatOf(x))), count]);
  const centred = centredOf(operation, mean, onnx);
  const variance = onnx.node('Div', [pixels.sum(onnx.node('Mul', [centred, centred])), count]);
  const factor = onnx.node('Div', [onnx.nameOf(scale), deviationOf(variance, epsilonOf(operation), onnx)]);
  const scaled = onnx.node('Mul', [centred, pixels.each(factor)]);
  const y = onnx.node('Add', [scaled, pixels.each(onnx.nameOf(offset))]);
  return [pixels.back(onnx.fromFloat(y, x)), mean, variance];
}

function inference(operation: Operation, onnx: OnnxWriter): string {
  const { x, scale, offset, mean, variance } = operation.inputs;
  const fill = (value: number) => onnx.constant('float32', mean.shape, new Float32Array(sizeOf(mean)).fill(value));
  const [factor, shift] = [scale ? onnx.nameOf(scale) : fill(1), offset ? onnx.nameOf(offset) : fill(0)];
  const epsilon = operation.attributes['varianceEpsilon'] as number;
  const statistics = [mean, variance].map((value) => onnx.nameOf(value));
  if (isNchw(operation)) {
    const inputs = [onnx.floatOf(x), factor, shift, ...statistics];
    return onnx.fromFloat(onnx.node('BatchNormalization', inputs, { epsilon: { float: epsilon } }), x);
  }
  const pixels = pixelsOf(operation, onnx);
  const slope = onnx.node('Div', [factor, deviationOf(statistics[1], epsilon, onnx)]);
  const centred = onnx.node('Sub', [pixels.of(onnx.floatOf(x)), pixels.each(statistics[0])]);
  const y = onnx.node('Add', [onnx.node('Mul', [centred, pixels.each(slope)]), pixels.each(shift)]);
  return pixels.back(onnx.fromFloat(y, x));
}

/**
 * The gradient where mean and variance are those of x itself (Ioffe & Szegedy 2015, section 3). It is linear in dy and
 * x, with three coefficients per channel: dx = byDy * dy + byCentred * (x - mean) + constant.
 */
function gradient(operation: Operation, onnx: OnnxWriter): readonly string[] {
  const { dy: gradientOfY, x, scale } = operation.inputs;
  const count = onnx.float(sizeOf(x) / sizeOf(scale));
  const names = Object.fromEntries(Object.entries(operation.inputs).map(([name, value]) => [name, onnx.nameOf(value)]));
  const pixels = pixelsOf(operation, onnx);
  const dy = pixels.of(onnx.floatOf(gradientOfY));
  const centred = centredOf(operation, names['mean'], onnx);
  const dOffset = pixels.sum(dy);
  const sumDyCentred = pixels.sum(onnx.node('Mul', [dy, centred]));
  const deviation = deviationOf(names['variance'], epsilonOf(operation), onnx);
  const dScale = onnx.node('Div', [sumDyCentred, deviation]);
  const byDy = onnx.node('Div', [names['scale'], deviation]);
  const perCount = onnx.node('Div', [byDy, onnx.node('Neg', [count])]);
  const byCentred = onnx.node('Mul', [perCount, onnx.node('Div', [dScale, deviation])]);
  const constant = onnx.node('Mul', [perCount, dOffset]);
  const [a, b, c] = [byDy, byCentred, constant].map((name) => pixels.each(name));
  const linear = onnx.node('Add', [onnx.node('Mul', [dy, a]), onnx.node('Mul', [centred, b])]);
  return [pixels.back(onnx.fromFloat(onnx.node('Add', [linear, c]), x)), dScale, dOffset];
}

const deviationOf = (variance: string, epsilon: number, onnx: OnnxWriter): string =>
  onnx.once(`deviation ${variance} ${epsilon}`, () =>
    onnx.node('Sqrt', [onnx.node('Add', [variance, onnx.float(epsilon)])]),
  );

/** x - mean, which the gradient takes over from the forward pass where channels are last. */
function centredOf(operation: Operation, mean: string, onnx: OnnxWriter): string {
  const pixels = pixelsOf(operation, onnx);
  const x = onnx.floatOf(operation.inputs['x']);
  return onnx.once(`centred ${x} ${mean}`, () => onnx.node('Sub', [pixels.of(x), pixels.each(mean)]));
}

/** How to compute with each of x's pixels, and with one number per channel. */
function pixelsOf(operation: Operation, onnx: OnnxWriter) {
  const { x } = operation.inputs;
  if (!isNchw(operation)) return channelsLast(x.shape, onnx);
  return {
    of: (name: string) => name,
    each: (name: string) => onnx.reshape(name, [x.shape[1], 1, 1]),
    sum: (name: string) => onnx.node('ReduceSum', [name, onnx.ints([0, 2, 3])], { keepdims: 0 }),
    back: (name: string) => name,
  };
}
