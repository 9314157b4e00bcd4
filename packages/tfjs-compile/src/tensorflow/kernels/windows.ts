import type { NodeAttributes } from '../graph-builder';
import { intsAttribute, textAttribute } from '../message/attribute';

type Pair = readonly [height: number, width: number];

/** How a window goes over NHWC images. */
export interface WindowGeometry {
  /** Of the images. */
  readonly inSize: Pair;
  readonly outSize: Pair;
  /** From its first to its last tap. */
  readonly window: Pair;
  readonly strides: Pair;
  readonly padding: readonly [top: number, bottom: number, left: number, right: number];
}

/** Of an image [n, height, width, channels]. */
export const imageSize = (shape: readonly number[]): Pair => [shape[1], shape[2]];

/** From first to last tap of a filter with holes. */
export function reachOf([height, width]: readonly number[], [byHeight, byWidth]: Pair): Pair {
  return [(height - 1) * byHeight + 1, (width - 1) * byWidth + 1];
}

/** As TensorFlow names the padding: VALID for none, SAME where it is that, else EXPLICIT, which fewer ops take. */
export function paddingKind({ inSize, outSize, window, strides, padding }: WindowGeometry): string {
  if (padding.every((side) => side === 0)) return 'VALID';
  const isSame = [0, 1].every((i) => {
    const total = Math.max(0, (outSize[i] - 1) * strides[i] + window[i] - inSize[i]);
    const before = Math.floor(total / 2);
    return (
      outSize[i] === Math.ceil(inSize[i] / strides[i]) &&
      padding[2 * i] === before &&
      padding[2 * i + 1] === total - before
    );
  });
  return isSame ? 'SAME' : 'EXPLICIT';
}

/** Padding and strides as attributes of a TensorFlow op on NHWC images. */
export function windowAttributes(geometry: WindowGeometry): NodeAttributes {
  const { strides, padding } = geometry;
  const kind = paddingKind(geometry);
  return {
    strides: intsAttribute([1, ...strides, 1]),
    padding: textAttribute(kind),
    ...(kind === 'EXPLICIT' && { explicit_paddings: intsAttribute([0, 0, ...padding, 0, 0]) }),
    data_format: textAttribute('NHWC'),
  };
}

/** The pairs of SpaceToBatchND and Pad for the rows and columns of images. */
export function paddingPairs([top, bottom, left, right]: WindowGeometry['padding']): [number, number][] {
  return [
    [top, bottom],
    [left, right],
  ];
}
