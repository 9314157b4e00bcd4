import type { Value } from '../../graph/graph';
import type { PoolAttributes } from '../../trace/canonical-operation';
import { intsAttribute, typeAttribute } from '../message/attribute';
import type { NodeAttributes } from '../graph-builder';
import type { Emission, Emit } from './emission';
import { imageSize, paddingKind, paddingPairs, windowAttributes, type WindowGeometry } from './windows';

const INT = typeAttribute('int32');

function geometryOf(images: Value, outputs: Value, attributes: unknown): WindowGeometry {
  const { filterSize, strides, padding } = attributes as PoolAttributes;
  return {
    ...{ inSize: imageSize(images.shape), outSize: imageSize(outputs.shape) },
    ...{ window: filterSize, strides, padding },
  };
}

function attributesOf(geometry: WindowGeometry): NodeAttributes {
  return { ksize: intsAttribute([1, ...geometry.window, 1]), ...windowAttributes(geometry) };
}

const maxPool: Emit = ({ inputs: { x }, outputs: [y], attributes }, { builder, of }) =>
  builder.addTyped('MaxPool', x.dtype, [of(x)], attributesOf(geometryOf(x, y, attributes)));

const maxPoolGrad: Emit = ({ inputs: { dy, input, output }, attributes }, { builder, of }) => {
  const op = attributesOf(geometryOf(input, dy, attributes));
  return builder.addTyped('MaxPoolGrad', input.dtype, [of(input), of(output), of(dy)], op);
};

/**
 * TensorFlow's average pooling takes no explicit padding: the image is padded with zeros first, and the average then
 * weighted so that padding does not count.
 */
const averagePool: Emit = ({ inputs: { x }, outputs: [y], attributes }, emission) => {
  const { builder, of } = emission;
  const geometry = geometryOf(x, y, attributes);
  if (paddingKind(geometry) !== 'EXPLICIT')
    return builder.addTyped('AvgPool', x.dtype, [of(x)], attributesOf(geometry));
  const pairs = builder.pairs([[0, 0], ...paddingPairs(geometry.padding), [0, 0]]);
  const padded = builder.addTyped('Pad', x.dtype, [of(x), pairs], { Tpaddings: INT });
  const pooled = builder.addTyped('AvgPool', x.dtype, [padded], attributesOf(withoutPadding(geometry)));
  return builder.addTyped('Mul', x.dtype, [
    pooled,
    builder.cast(windowsToImage(geometry, emission), 'float32', x.dtype),
  ]);
};

const averagePoolGrad: Emit = ({ inputs: { dy, input }, attributes }, emission) => {
  const { builder, of } = emission;
  const geometry = geometryOf(input, dy, attributes);
  const run = (shape: readonly number[], gradient: string, windows: WindowGeometry) =>
    builder.addTyped('AvgPoolGrad', dy.dtype, [builder.ints(shape), gradient], attributesOf(windows));
  if (paddingKind(geometry) !== 'EXPLICIT') return run(input.shape, of(dy), geometry);
  const [images, height, width, channels] = input.shape;
  const [top, bottom, left, right] = geometry.padding;
  const weighted = builder.addTyped('Mul', dy.dtype, [
    of(dy),
    builder.cast(windowsToImage(geometry, emission), 'float32', dy.dtype),
  ]);
  const shape = [images, height + top + bottom, width + left + right, channels];
  const gradient = run(shape, weighted, withoutPadding(geometry));
  const inside = [builder.ints([0, top, left, 0]), builder.ints(input.shape)];
  return builder.addTyped('Slice', dy.dtype, [gradient, ...inside], { Index: INT });
};

const withoutPadding = (geometry: WindowGeometry): WindowGeometry => ({ ...geometry, padding: [0, 0, 0, 0] });

/** Each window's pixels per pixel of it that is inside of the image: [1, out height, out width, 1]. */
function windowsToImage({ inSize, outSize, window, strides, padding }: WindowGeometry, { builder }: Emission): string {
  const [rows, columns] = [0, 1].map((i) =>
    Array.from({ length: outSize[i] }, (_, out) => {
      const first = out * strides[i] - padding[2 * i];
      return Math.min(inSize[i], first + window[i]) - Math.max(0, first);
    }),
  );
  const size = window[0] * window[1];
  const weights = rows.flatMap((row) => columns.map((column) => size / (row * column)));
  return builder.constant(Float32Array.from(weights), 'float32', [1, ...outSize, 1]);
}

export const poolingKernels: Readonly<Record<string, Emit>> = {
  MaxPool: maxPool,
  MaxPoolGrad: maxPoolGrad,
  AvgPool: averagePool,
  AvgPoolGrad: averagePoolGrad,
};
