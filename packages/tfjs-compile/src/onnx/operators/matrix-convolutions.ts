import type { Operation } from '../../graph/graph';
import type { OnnxWriter } from '../onnx-writer';
import { padded, taps, windowOf } from './windows';

/**
 * A convolution of NHWC images as one matrix product: the pixels under all taps side by side, [pixels, taps * in], times
 * the filter as it lies, [taps * in, out]. For few pixels that is less work than transposing the filter.
 */
export function convolutionByMatrix(operation: Operation, onnx: OnnxWriter): string {
  const { x, filter } = operation.inputs;
  const [output] = operation.outputs;
  const outChannels = filter.shape[3];
  const window = windowOf(operation, filter, output, 1);
  const under = taps(padded(onnx.nameOf(x), x, window, onnx), window, onnx);
  const columns = under.length > 1 ? onnx.node('Concat', under, { axis: 3 }) : under[0];
  const product = onnx.node('MatMul', [
    onnx.reshape(columns, [-1, under.length * filter.shape[2]]),
    onnx.reshape(onnx.nameOf(filter), [-1, outChannels]),
  ]);
  return onnx.reshape(product, output.shape);
}

/** Its input's gradient: dy times the filter's transpose gives what goes to each tap; these are added where they lie. */
export function inputGradientByMatrix(operation: Operation, onnx: OnnxWriter): string {
  const { dy, filter } = operation.inputs;
  const [, height, width, inChannels] = operation.outputs[0].shape;
  const [images, outHeight, outWidth, outChannels] = dy.shape;
  const { filterSize, strides, dilations, padding } = windowOf(operation, filter, dy, 1);
  const products = onnx.node(
    'Gemm',
    [onnx.reshape(onnx.nameOf(dy), [-1, outChannels]), onnx.reshape(onnx.nameOf(filter), [-1, outChannels])],
    { transB: 1 },
  );
  const count = filterSize[0] * filterSize[1];
  const sizes = onnx.ints(Array.from({ length: count }, () => inChannels));
  const parts = count > 1 ? onnx.outputsOf('Split', [products, sizes], { axis: 1 }, count) : [products];
  const spread = parts.map((part, tap) => {
    const row = Math.floor(tap / filterSize[1]) * dilations[0] - padding[0];
    const column = (tap % filterSize[1]) * dilations[1] - padding[2];
    // Zeros between the pixels, as many as the stride leaves out; then moved to the tap's place, cut where it is outside.
    const apart = onnx.node('Pad', [
      onnx.reshape(part, [images, outHeight, 1, outWidth, 1, inChannels]),
      onnx.ints([0, 0, 0, 0, 0, 0, 0, 0, strides[0] - 1, 0, strides[1] - 1, 0]),
    ]);
    const [tall, wide] = [outHeight * strides[0], outWidth * strides[1]];
    const whole = onnx.reshape(apart, [images, tall, wide, inChannels]);
    const pads = [0, row, column, 0, 0, height - row - tall, width - column - wide, 0];
    return onnx.node('Pad', [whole, onnx.ints(pads)]);
  });
  return spread.length > 1 ? onnx.node('Sum', spread) : spread[0];
}
