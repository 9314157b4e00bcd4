import { sizeOf, type Operation, type Value } from '../../graph/graph';
import type { PoolAttributes } from '../../trace/canonical-operation';
import type { OnnxNode } from '../onnx-proto';
import type { Emit, OnnxWriter } from '../onnx-writer';
import { blockSize, spreadOverBlocks, sumOfBlocks } from './pixel-blocks';
import { padded, taps, type Window } from './windows';

/** Of float32: what padding counts for among maxima. */
const LOWEST = -3.4028234663852886e38;

/** Pooling of NCHW images, and its gradients. */
export const POOLING: Readonly<Record<string, Emit>> = {
  MaxPool: (operation, onnx) => onnx.node('MaxPool', [onnx.nameOf(operation.inputs['x'])], geometry(operation)),
  AvgPool: averagePool,
  MaxPoolGrad: maxPoolGradient,
  AvgPoolGrad: averagePoolGradient,
};

function averagePool(operation: Operation, onnx: OnnxWriter): string {
  const { x } = operation.inputs;
  const [output] = operation.outputs;
  const block = blockOf(operation, output, x, onnx);
  if (block) return sumOfBlocks(onnx.nameOf(x), output, block, 1 / (block[0] * block[1]), onnx);
  return onnx.node('AveragePool', [onnx.nameOf(x)], geometry(operation));
}

/** The size of the windows where they are blocks, side by side, that `sumOfBlocks` takes. */
function blockOf({ attributes }: Operation, small: Value, large: Value, onnx: OnnxWriter) {
  const { filterSize, strides, padding } = attributes as unknown as PoolAttributes;
  const block = blockSize(small, large, onnx);
  const isFilled = block?.every((size, i) => size === filterSize[i] && size === strides[i]);
  return isFilled && padding.every((margin) => margin === 0) ? block : undefined;
}

function geometry({ attributes }: Operation): OnnxNode['attributes'] {
  const { filterSize, strides, padding } = attributes as unknown as PoolAttributes;
  const [top, bottom, left, right] = padding;
  return { kernel_shape: filterSize, strides, pads: [top, left, bottom, right] };
}

/**
 * Each dy goes to the first maximum of its window, whose place among all numbers MaxPool tells. ONNX Runtime adds up
 * float32 alone.
 */
function maxPoolGradient(operation: Operation, onnx: OnnxWriter): string {
  const { input, dy } = operation.inputs;
  if (onnx.provider !== 'cpu') return maxPoolGradientByTaps(operation, onnx);
  const [, places] = onnx.outputsOf('MaxPool', [onnx.nameOf(input)], geometry(operation), 2);
  const zeros = onnx.node('Expand', [onnx.float(0), onnx.ints([sizeOf(input)])]);
  const [at, updates] = [places, onnx.floatOf(dy)].map((name) => onnx.reshape(name, [-1]));
  const sums = onnx.node('ScatterElements', [zeros, at, updates], { axis: 0, reduction: 'add' });
  return onnx.reshape(onnx.fromFloat(sums, dy), input.shape);
}

/** The same without places, which GPUs' providers do not tell: tap by tap, what is left of dy goes where the maximum is. */
function maxPoolGradientByTaps(operation: Operation, onnx: OnnxWriter): string {
  const { input, output, dy } = operation.inputs;
  const { filterSize, strides, padding } = operation.attributes as unknown as PoolAttributes;
  const window: Window = {
    filterSize,
    strides,
    padding,
    dilations: [1, 1],
    steps: [dy.shape[2], dy.shape[3]],
    firstAxis: 2,
  };
  const zero = onnx.scalar(0, dy);
  let left = onnx.nameOf(dy);
  const shares = taps(padded(onnx.nameOf(input), input, window, onnx, LOWEST), window, onnx).map((tap) => {
    const isMaximum = onnx.node('Equal', [tap, onnx.nameOf(output)]);
    const share = onnx.node('Where', [isMaximum, left, zero]);
    left = onnx.node('Where', [isMaximum, zero, left]);
    return share;
  });
  const single = shares.map((share) => onnx.reshape(share, [-1, 1, ...dy.shape.slice(2)]));
  // A filter for each tap, of a one in its place.
  const ones = new Float32Array(shares.length ** 2);
  shares.forEach((_, tap) => (ones[tap * shares.length + tap] = 1));
  const filters = onnx.floats([shares.length, 1, ...filterSize], ones, dy);
  const all = onnx.node('Concat', single, { axis: 1 });
  return onnx.reshape(onnx.node('ConvTranspose', [all, filters], spreading(operation)), input.shape);
}

/** Each dy is shared out between the pixels of its window that are inside of the image. */
function averagePoolGradient(operation: Operation, onnx: OnnxWriter): string {
  const { input, dy } = operation.inputs;
  const block = blockOf(operation, dy, input, onnx);
  if (block) return spreadOverBlocks(onnx.nameOf(dy), operation.outputs[0], block, 1 / (block[0] * block[1]), onnx);
  const { filterSize, strides, padding } = operation.attributes as unknown as PoolAttributes;
  const [images, channels, ...size] = input.shape;
  const steps = dy.shape.slice(2);
  const pixels = size.map((length, i) =>
    Array.from({ length: steps[i] }, (_, step) => {
      const start = step * strides[i] - padding[2 * i];
      return Math.min(length, start + filterSize[i]) - Math.max(0, start);
    }),
  );
  const shares = Float32Array.from(pixels[0].flatMap((rows) => pixels[1].map((columns) => 1 / (rows * columns))));
  const shared = onnx.node('Mul', [onnx.nameOf(dy), onnx.floats(steps, shares, dy)]);
  const one = new Float32Array(filterSize[0] * filterSize[1]).fill(1);
  const ones = onnx.floats([1, 1, ...filterSize], one, dy);
  const single = onnx.reshape(shared, [images * channels, 1, ...steps]);
  return onnx.reshape(onnx.node('ConvTranspose', [single, ones], spreading(operation)), input.shape);
}

/** How a transposed convolution brings windows' numbers to the pixels of the image. */
function spreading({ inputs: { input, dy }, attributes }: Operation): OnnxNode['attributes'] {
  const { filterSize, strides, padding } = attributes as unknown as PoolAttributes;
  const [top, bottom, left, right] = padding;
  const unreached = [2, 3].map((axis, i) => {
    const reached = (dy.shape[axis] - 1) * strides[i] + filterSize[i];
    return input.shape[axis] - (reached - padding[2 * i] - padding[2 * i + 1]);
  });
  return { strides, pads: [top, left, bottom, right], output_padding: unreached };
}
