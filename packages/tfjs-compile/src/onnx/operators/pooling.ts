import { sizeOf, type Operation } from '../../graph/graph';
import type { PoolAttributes } from '../../trace/canonical-operation';
import type { OnnxNode } from '../onnx-proto';
import type { Emit, OnnxWriter } from '../onnx-writer';

/** Pooling of NCHW images, and its gradients. */
export const POOLING: Readonly<Record<string, Emit>> = {
  MaxPool: (operation, onnx) => onnx.node('MaxPool', [onnx.nameOf(operation.inputs['x'])], geometry(operation)),
  AvgPool: (operation, onnx) => onnx.node('AveragePool', [onnx.nameOf(operation.inputs['x'])], geometry(operation)),
  MaxPoolGrad: maxPoolGradient,
  AvgPoolGrad: averagePoolGradient,
};

function geometry({ attributes }: Operation): OnnxNode['attributes'] {
  const { filterSize, strides, padding } = attributes as unknown as PoolAttributes;
  const [top, bottom, left, right] = padding;
  return { kernel_shape: filterSize, strides, pads: [top, left, bottom, right] };
}

/** Each dy goes to the first maximum of its window, whose place among all numbers MaxPool tells. */
function maxPoolGradient(operation: Operation, onnx: OnnxWriter): string {
  const { input, dy } = operation.inputs;
  const [, places] = onnx.outputsOf('MaxPool', [onnx.nameOf(input)], geometry(operation), 2);
  const zeros = onnx.node('Expand', [onnx.float(0), onnx.ints([sizeOf(input)])]);
  const [at, updates] = [places, onnx.nameOf(dy)].map((name) => onnx.reshape(name, [-1]));
  const sums = onnx.node('ScatterElements', [zeros, at, updates], { axis: 0, reduction: 'add' });
  return onnx.reshape(sums, input.shape);
}

/** Each dy is shared out between the pixels of its window that are inside of the image. */
function averagePoolGradient(operation: Operation, onnx: OnnxWriter): string {
  const { input, dy } = operation.inputs;
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
  const shared = onnx.node('Mul', [onnx.nameOf(dy), onnx.constant('float32', steps, shares)]);
  const ones = onnx.constant('float32', [1, 1, ...filterSize], new Float32Array(filterSize[0] * filterSize[1]).fill(1));
  const left = size.map((length, i) => {
    const reached = (steps[i] - 1) * strides[i] + filterSize[i];
    return length - (reached - padding[2 * i] - padding[2 * i + 1]);
  });
  const [top, bottom, leftPad, right] = padding;
  const attributes = { strides, pads: [top, leftPad, bottom, right], output_padding: left };
  const single = onnx.reshape(shared, [images * channels, 1, ...steps]);
  return onnx.reshape(onnx.node('ConvTranspose', [single, ones], attributes), input.shape);
}
