import { engine, type NamedTensorMap, type Tensor } from '@tensorflow/tfjs-core';
import type { Attributes, Operation } from '../graph/graph';
import type { ConvolutionAttributes, PoolAttributes, ReductionAttributes } from '../trace/canonical-operation';

/**
 * Runs one operation of a graph eagerly, on the active backend.
 *
 * @param inputs  tensors by the names of the operation's inputs
 * @returns a tensor for each of its outputs
 */
export function runOperation(operation: Operation, inputs: NamedTensorMap): Tensor[] {
  const names = Object.keys(inputs);
  const isList = names.length > 0 && names.every((name) => /^\d+$/.test(name));
  const given = isList ? (Object.values(inputs) as unknown as NamedTensorMap) : inputs;
  const attributes = kernelAttributes(operation) as Record<string, never>;
  const made = [engine().runKernel<Tensor | Tensor[]>(operation.kernel, given, attributes)].flat();
  return made.slice(0, operation.outputs.length);
}

/** The attributes as TensorFlow.js' kernel takes them; undoes `canonicalOperation`. */
function kernelAttributes(operation: Operation): Attributes {
  const { kernel, inputs, outputs, attributes } = operation;
  if ('padding' in attributes) {
    const { padding, ...others } = attributes as unknown as ConvolutionAttributes | PoolAttributes;
    const [top, bottom, left, right] = padding;
    const pad = [
      [0, 0],
      [top, bottom],
      [left, right],
      [0, 0],
    ];
    return { ...others, pad, dataFormat: 'NHWC', ...shapeOfGradient(operation) };
  }
  if ('axes' in attributes) {
    const { axes } = attributes as unknown as ReductionAttributes;
    const keepDims = outputs[0].shape.length === inputs['x'].shape.length;
    return kernel === 'Max' ? { reductionIndices: axes, keepDims } : { axis: axes, keepDims };
  }
  if (kernel === 'SplitV') {
    const axis = attributes['axis'] as number;
    return { axis, numOrSizeSplits: outputs.map(({ shape }) => shape[axis]) };
  }
  return attributes;
}

function shapeOfGradient({ kernel, outputs: [{ shape }] }: Operation): Attributes {
  if (kernel.endsWith('BackpropInput')) return { inputShape: shape };
  if (kernel.endsWith('BackpropFilter')) return { filterShape: shape };
  if (kernel === 'FusedConv2DTranspose') return { outputShape: shape };
  return {};
}
