import { CompileError } from '../../compile-error';
import type { Operation } from '../../graph/graph';
import type { OnnxWriter } from '../onnx-writer';

/** What a fused kernel does last. @throws CompileError for an activation that is none of TensorFlow.js' */
export function activate(x: string, operation: Operation, onnx: OnnxWriter): string {
  const { activation, leakyreluAlpha } = operation.attributes as { activation?: string; leakyreluAlpha?: number };
  switch (activation ?? 'linear') {
    case 'linear':
      return x;
    case 'relu':
      return onnx.node('Relu', [x]);
    case 'relu6':
      return onnx.node('Clip', [x, ...[0, 6].map((bound) => onnx.scalar(bound, operation.outputs[0]))]);
    case 'elu':
      return onnx.node('Elu', [x]);
    case 'sigmoid':
      return onnx.node('Sigmoid', [x]);
    case 'leakyrelu':
      return onnx.node('LeakyRelu', [x], { alpha: { float: leakyreluAlpha ?? 0.2 } });
    case 'prelu':
      return onnx.node('PRelu', [x, slopesOf(operation, onnx)]);
    default:
      throw new CompileError(
        `Expected a fused activation of linear, relu, relu6, elu, sigmoid, leakyrelu and prelu, found ${activation} at ` +
          `${operation.callSite ?? 'an unknown place'}. Call it as an operation of its own.`,
      );
  }
}

/** PReLU's own weights, broadcast to NHWC images, as they are broadcast to what the kernel makes. */
function slopesOf({ inputs: { preluActivationWeights: slopes }, attributes }: Operation, onnx: OnnxWriter): string {
  const name = onnx.nameOf(slopes);
  if (attributes['dataFormat'] !== 'NCHW') return name;
  const shape = [...Array<number>(4 - slopes.shape.length).fill(1), ...slopes.shape];
  return onnx.transpose(onnx.reshape(name, shape), [0, 3, 1, 2]);
}
