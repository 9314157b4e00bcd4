import { CompileError } from '../../compile-error';
import type { Operation } from '../../graph/graph';
import type { OnnxWriter } from '../onnx-writer';

/** What a fused kernel does last. @throws CompileError for an activation with weights of its own (PReLU) */
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
    default:
      throw new CompileError(
        `Expected a fused activation of linear, relu, relu6, elu, sigmoid and leakyrelu, found ${activation} at ` +
          `${operation.callSite ?? 'an unknown place'}. Call it as an operation of its own.`,
      );
  }
}
