import type { Operation, Value } from '../../graph/graph';
import type { ConvolutionAttributes } from '../../trace/canonical-operation';
import { typeAttribute } from '../message/attribute';
import type { Emission } from './emission';
import { paddingPairs } from './windows';

// TensorFlow 2.21 gives gradients of convolutions with explicit padding not to oneDNN but to Eigen, which mostly takes
// longer, and with 16 bits a hundred times as long, adding up in these. So they are written as gradients of convolutions
// without padding, of images that were padded before.

const INT = typeAttribute('int32');

type EmitOne = (operation: Operation, emission: Emission) => string;

/** A gradient towards images, cut out of the gradient towards padded ones. @param emit  for an operation without padding */
export function towardsPadded(operation: Operation, emission: Emission, emit: EmitOne): string {
  const [images] = operation.outputs;
  const { padding } = operation.attributes as unknown as ConvolutionAttributes;
  const gradient = emit({ ...withoutPadding(operation), outputs: [padded(images, padding)] }, emission);
  const { builder } = emission;
  const region = [builder.ints([0, padding[0], padding[2], 0]), builder.ints(images.shape)];
  return builder.addTyped('Slice', images.dtype, [gradient, ...region], { Index: INT });
}

/** What is computed from images, a filter's gradient, say, from padded ones. @param emit  for an operation without padding */
export function fromPadded(operation: Operation, emission: Emission, emit: EmitOne): string {
  const { x } = operation.inputs;
  const { padding } = operation.attributes as unknown as ConvolutionAttributes;
  const { builder, of } = emission;
  const pairs = builder.pairs([[0, 0], ...paddingPairs(padding), [0, 0]]);
  const node = builder.addTyped('Pad', x.dtype, [of(x), pairs], { Tpaddings: INT });
  const images = padded(x, padding);
  return emit(
    { ...withoutPadding(operation), inputs: { ...operation.inputs, x: images } },
    { ...emission, of: (value) => (value === images ? node : of(value)) },
  );
}

function withoutPadding(operation: Operation): Operation {
  return { ...operation, attributes: { ...operation.attributes, padding: [0, 0, 0, 0] } };
}

/** What NHWC images are once they are padded. */
function padded({ shape, dtype }: Value, [top, bottom, left, right]: ConvolutionAttributes['padding']): Value {
  const [count, height, width, channels] = shape;
  return { shape: [count, height + top + bottom, width + left + right, channels], dtype };
}
