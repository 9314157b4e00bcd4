import type { Operation, Value } from '../../graph/graph';
import type { ConvolutionAttributes } from '../../trace/canonical-operation';
import { boolAttribute, intAttribute, intsAttribute, typeAttribute } from '../message/attribute';
import type { NodeAttributes } from '../graph-builder';
import { biasAndActivation } from './activation';
import type { Emission, Emit } from './emission';
import { fromPadded, towardsPadded } from './explicit-padding';
import { imageSize, paddingKind, paddingPairs, reachOf, windowAttributes, type WindowGeometry } from './windows';

const INT = typeAttribute('int32');

/** @param images  what the forward convolution takes @param outputs  what it gives */
function geometryOf(images: Value, filter: Value, outputs: Value, { attributes }: Operation): WindowGeometry {
  const { strides, dilations, padding } = attributes as unknown as ConvolutionAttributes;
  return {
    ...{ inSize: imageSize(images.shape), outSize: imageSize(outputs.shape), strides, padding },
    window: reachOf(filter.shape, dilations),
  };
}

function attributesOf(geometry: WindowGeometry, { attributes }: Operation): NodeAttributes {
  const { dilations } = attributes as unknown as ConvolutionAttributes;
  return { ...windowAttributes(geometry), dilations: intsAttribute([1, ...dilations, 1]) };
}

function convolve(operation: Operation, { builder, of }: Emission): string {
  const { inputs, outputs } = operation;
  const { x, filter } = inputs;
  const attributes = attributesOf(geometryOf(x, filter, outputs[0], operation), operation);
  return builder.addTyped('Conv2D', x.dtype, [of(x), of(filter)], attributes);
}

const fused: Emit = (operation, emission) => biasAndActivation(convolve(operation, emission), operation, emission);

/** This project's engine has it: with a tensor added before the activation. */
const fusedAdd: Emit = (operation, emission) => {
  const { addend } = operation.inputs;
  const linear = { ...operation, attributes: { ...operation.attributes, activation: 'linear' } };
  const sum = biasAndActivation(convolve(linear, emission), linear, emission);
  const total = emission.builder.addTyped('AddV2', addend.dtype, [sum, emission.of(addend)]);
  return biasAndActivation(total, { ...operation, inputs: {} }, emission);
};

/** Also of this project's engine: a transposed convolution, its bias and activation. */
const fusedTranspose: Emit = (operation, emission) => {
  const { x, filter } = operation.inputs;
  const transposed = backpropInput({ ...operation, inputs: { dy: x, filter } }, emission);
  return biasAndActivation(transposed, operation, emission);
};

function backpropInput(operation: Operation, emission: Emission): string {
  const { builder, of } = emission;
  const { dy, filter } = operation.inputs;
  const [dx] = operation.outputs;
  const geometry = geometryOf(dx, filter, dy, operation);
  if (paddingKind(geometry) === 'EXPLICIT') return towardsPadded(operation, emission, backpropInput);
  const from = [builder.ints(dx.shape), of(filter), of(dy)];
  return builder.addTyped('Conv2DBackpropInput', dy.dtype, from, attributesOf(geometry, operation));
}

function backpropFilter(operation: Operation, emission: Emission): string {
  if (corruptsMemory(operation)) return pointFilterGradient(operation, emission);
  const { builder, of } = emission;
  const { x, dy } = operation.inputs;
  const [filter] = operation.outputs;
  const geometry = geometryOf(x, filter, dy, operation);
  if (paddingKind(geometry) === 'EXPLICIT') return fromPadded(operation, emission, backpropFilter);
  const from = [of(x), builder.ints(filter.shape), of(dy)];
  return builder.addTyped('Conv2DBackpropFilter', dy.dtype, from, attributesOf(geometry, operation));
}

/**
 * With a strided 1x1 filter on images of fewer than 16 channels, TensorFlow 2.21's kernel writes outside of its memory
 * (oneDNN; seen with glibc's libc_malloc_debug).
 */
function corruptsMemory({ outputs: [filter], attributes }: Operation): boolean {
  const [height, width, channels] = filter.shape;
  const { strides } = attributes as unknown as ConvolutionAttributes;
  return height * width === 1 && channels < 16 && strides.some((stride) => stride > 1);
}

/** The gradient of a 1x1 filter: a product over the pixels that it sees, of its inputs and what its outputs take. */
function pointFilterGradient({ inputs: { x, dy }, outputs: [filter], attributes }: Operation, emission: Emission) {
  const { strides, padding } = attributes as unknown as ConvolutionAttributes;
  const { builder, of } = emission;
  const add = builder.addTyped.bind(builder);
  const [, , from, to] = filter.shape;
  const pairs = builder.pairs([[0, 0], ...paddingPairs(padding), [0, 0]]);
  const padded = add('Pad', x.dtype, [of(x), pairs], { Tpaddings: INT });
  const [start, end] = [builder.ints([0, 0, 0, 0]), builder.ints([0, 0, 0, 0])];
  const seen = add('StridedSlice', x.dtype, [padded, start, end, builder.ints([1, ...strides, 1])], {
    Index: INT,
    begin_mask: intAttribute(15),
    end_mask: intAttribute(15),
  });
  const rows = (tensor: string, channels: number) =>
    add('Reshape', x.dtype, [tensor, builder.ints([-1, channels])], { Tshape: INT });
  const product = add('MatMul', x.dtype, [rows(seen, from), rows(of(dy), to)], { transpose_a: boolAttribute(true) });
  return add('Reshape', x.dtype, [product, builder.ints(filter.shape)], { Tshape: INT });
}

export const convolutionKernels: Readonly<Record<string, Emit>> = {
  Conv2D: convolve,
  FusedConv2D: fused,
  FusedConv2DAdd: fusedAdd,
  FusedConv2DTranspose: fusedTranspose,
  Conv2DBackpropInput: backpropInput,
  Conv2DBackpropFilter: backpropFilter,
};
