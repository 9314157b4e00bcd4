import { sizeOf, type Operation, type Value } from '../../graph/graph';
import type { ConvolutionAttributes } from '../../trace/canonical-operation';
import type { OnnxNode } from '../onnx-proto';
import type { Emit, OnnxWriter } from '../onnx-writer';
import { activate } from './activation';
import { convolutionByMatrix } from './matrix-convolutions';

/** Convolutions of NCHW images; a plain one may be of NHWC images. */
export const CONVOLUTIONS: Readonly<Record<string, Emit>> = {
  Conv2D: plainConvolution,
  FusedConv2D: plainConvolution,
  FusedConv2DAdd: convolution,
  DepthwiseConv2dNative: convolution,
  FusedDepthwiseConv2D: convolution,
  FusedConv2DTranspose: (operation, onnx) => {
    const { x, bias } = operation.inputs;
    const inputs = [onnx.nameOf(x), filterOf(operation, onnx), ...biasOf(bias, onnx)];
    return activate(onnx.node('ConvTranspose', inputs, transposedGeometry(operation)), operation, onnx);
  },
};

function plainConvolution(operation: Operation, onnx: OnnxWriter): string {
  const isNchw = operation.attributes['dataFormat'] === 'NCHW';
  return isNchw ? convolution(operation, onnx) : convolutionByMatrix(operation, onnx);
}

function convolution(operation: Operation, onnx: OnnxWriter): string {
  const { x, bias, addend } = operation.inputs;
  const inputs = [onnx.nameOf(x), filterOf(operation, onnx), ...biasOf(bias, onnx)];
  const sum = onnx.node('Conv', inputs, { ...geometry(operation), group: groupsOf(operation) });
  const total = addend ? onnx.node('Add', [sum, onnx.nameOf(addend)]) : sum;
  return activate(total, operation, onnx);
}

/** ONNX wants one bias per channel. */
function biasOf(bias: Value | undefined, onnx: OnnxWriter): string[] {
  if (!bias) return [];
  return [bias.shape.length === 1 ? onnx.nameOf(bias) : onnx.reshape(onnx.nameOf(bias), [sizeOf(bias)])];
}

/** [height, width, in, out] as ONNX has filters: [out, in, height, width]; [in * multiplier, 1, ...] if depthwise. */
export function filterOf(operation: Operation, onnx: OnnxWriter): string {
  const { filter } = operation.inputs;
  const name = onnx.nameOf(filter);
  if (!isDepthwise(operation)) return onnx.once(`OIHW ${name}`, () => onnx.transpose(name, [3, 2, 0, 1]));
  const [height, width, channels, multiplier] = filter.shape;
  return onnx.once(`depthwise ${name}`, () =>
    onnx.reshape(onnx.transpose(name, [2, 3, 0, 1]), [channels * multiplier, 1, height, width]),
  );
}

export const isDepthwise = ({ kernel }: Operation): boolean => kernel.includes('Depthwise');

export const groupsOf = (operation: Operation): number =>
  isDepthwise(operation) ? operation.inputs['filter'].shape[2] : 1;

/** Conv's attributes. */
export function geometry({ attributes }: Operation): OnnxNode['attributes'] {
  const { strides, dilations, padding } = attributes as unknown as ConvolutionAttributes;
  const [top, bottom, left, right] = padding;
  return { strides, dilations, pads: [top, left, bottom, right] };
}

/** ConvTranspose's attributes, for a convolution's way back to images of the size of this operation's output. */
export function transposedGeometry(operation: Operation): OnnxNode['attributes'] {
  const { strides, dilations, padding } = operation.attributes as unknown as ConvolutionAttributes;
  const { filter } = operation.inputs;
  const small = (operation.inputs['dy'] ?? operation.inputs['x']).shape.slice(2);
  const large = operation.outputs[0].shape.slice(2);
  // Pixels at the end that no window reached: fewer than a stride.
  const left = large.map((size, i) => {
    const reached = (small[i] - 1) * strides[i] + (filter.shape[i] - 1) * dilations[i] + 1;
    return size - (reached - padding[2 * i] - padding[2 * i + 1]);
  });
  return { ...geometry(operation), group: groupsOf(operation), output_padding: left };
}
