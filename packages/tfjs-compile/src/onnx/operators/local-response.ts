import type { Operation } from '../../graph/graph';
import type { Emit, OnnxWriter } from '../onnx-writer';

interface LocalResponseAttributes {
  /** Channels on each side that count. */
  depthRadius: number;
  bias: number;
  alpha: number;
  beta: number;
}

/**
 * Local response normalisation of NCHW images, and its gradient (Krizhevsky et al. 2012, section 3.3): x / norm ** beta
 * with norm = bias + alpha * the sum of squares of the channels around.
 */
export const LOCAL_RESPONSE: Readonly<Record<string, Emit>> = {
  LRN: (operation, onnx) => {
    const { depthRadius, bias, alpha, beta } = attributesOf(operation);
    const size = 2 * depthRadius + 1;
    // ONNX takes the mean of the squares.
    const attributes = { size, bias: { float: bias }, alpha: { float: alpha * size }, beta: { float: beta } };
    return onnx.node('LRN', [onnx.nameOf(operation.inputs['x'])], attributes);
  },
  LRNGrad: gradient,
};

const attributesOf = ({ attributes }: Operation) => attributes as unknown as LocalResponseAttributes;

/** dx = dy / norm ** beta - 2 * alpha * beta * x * the sum of dy * y / norm of the channels around. */
function gradient(operation: Operation, onnx: OnnxWriter): string {
  const { bias, alpha, beta } = attributesOf(operation);
  const [x, y, dy] = ['x', 'y', 'dy'].map((name) => onnx.nameOf(operation.inputs[name]));
  const node = (opType: string, a: string, b: string) => onnx.node(opType, [a, b]);
  const squares = node('Mul', sumsAround(node('Mul', x, x), operation, onnx), onnx.float(alpha));
  const norm = node('Add', squares, onnx.float(bias));
  const own = node('Mul', dy, node('Pow', norm, onnx.float(-beta)));
  const around = sumsAround(node('Div', node('Mul', dy, y), norm), operation, onnx);
  return node('Sub', own, node('Mul', node('Mul', x, around), onnx.float(2 * alpha * beta)));
}

/** Of each pixel's channels, the sum over those on both sides: a convolution with ones along the channels. */
function sumsAround(images: string, operation: Operation, onnx: OnnxWriter): string {
  const { depthRadius } = attributesOf(operation);
  const { shape } = operation.inputs['x'];
  const [count, channels, height, width] = shape;
  const size = 2 * depthRadius + 1;
  const rows = onnx.reshape(images, [count, 1, channels, height * width]);
  const ones = onnx.once(`ones ${size} x 1`, () =>
    onnx.constant('float32', [1, 1, size, 1], new Float32Array(size).fill(1)),
  );
  return onnx.reshape(onnx.node('Conv', [rows, ones], { pads: [depthRadius, 0, depthRadius, 0] }), shape);
}
