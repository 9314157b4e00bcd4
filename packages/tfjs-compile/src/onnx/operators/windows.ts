import type { Operation, Value } from '../../graph/graph';
import type { ConvolutionAttributes } from '../../trace/canonical-operation';
import type { OnnxWriter } from '../onnx-writer';

type Pair = readonly [height: number, width: number];

/** A window that moves over images. */
export interface Window {
  readonly filterSize: Pair;
  readonly strides: Pair;
  readonly dilations: Pair;
  readonly padding: readonly [top: number, bottom: number, left: number, right: number];
  /** Where it stops: rows and columns of the output. */
  readonly steps: Pair;
  /** The axis of heights, before that of widths: 1 in NHWC, 2 in NCHW. */
  readonly firstAxis: 1 | 2;
}

/** A convolution's. @param output  of the convolution: its size */
export function windowOf(operation: Operation, filter: Value, output: Value, firstAxis: 1 | 2): Window {
  const { strides, dilations, padding } = operation.attributes as unknown as ConvolutionAttributes;
  const filterSize: Pair = [filter.shape[0], filter.shape[1]];
  const steps: Pair = [output.shape[firstAxis], output.shape[firstAxis + 1]];
  return { filterSize, strides, dilations, padding, steps, firstAxis };
}

/** Images with their padding, of zeros or another number. */
export function padded(
  images: string,
  value: Value,
  { padding, firstAxis }: Pick<Window, 'padding' | 'firstAxis'>,
  onnx: OnnxWriter,
  fill = 0,
): string {
  const [top, bottom, left, right] = padding;
  if (top + bottom + left + right === 0) return images;
  const [before, after] = [value.shape.map(() => 0), value.shape.map(() => 0)];
  [before[firstAxis], before[firstAxis + 1], after[firstAxis], after[firstAxis + 1]] = [top, left, bottom, right];
  return onnx.once(`padded ${images} ${before.join()} ${after.join()} ${fill}`, () =>
    onnx.node('Pad', [images, onnx.ints([...before, ...after]), ...(fill ? [onnx.scalar(fill, value)] : [])]),
  );
}

/** Of each tap of the window, row by row, the pixels of the padded images that it sees: images of the output's size. */
export function taps(images: string, window: Window, onnx: OnnxWriter): string[] {
  const { filterSize, strides, dilations, steps, firstAxis } = window;
  const axes = onnx.ints([firstAxis, firstAxis + 1]);
  const made: string[] = [];
  for (let row = 0; row < filterSize[0]; row++) {
    for (let column = 0; column < filterSize[1]; column++) {
      const starts = [row * dilations[0], column * dilations[1]];
      const ends = starts.map((start, i) => start + (steps[i] - 1) * strides[i] + 1);
      const inputs = [images, onnx.ints(starts), onnx.ints(ends), axes, onnx.ints(strides)];
      made.push(onnx.once(`tap ${inputs.join()}`, () => onnx.node('Slice', inputs)));
    }
  }
  return made;
}

/**
 * As `taps`, for strides that are alike, of NCHW images that are not padded yet. ONNX Runtime's CPU part takes every second
 * number one by one: here all rows and columns of one remainder come together first, and taps are cut out in whole rows.
 */
export function stridedTaps(images: string, value: Value, window: Window, onnx: OnnxWriter): string[] {
  const { filterSize, strides, dilations, steps, padding } = window;
  const stride = strides[0];
  const [, channels, ...size] = value.shape;
  const wide = size.map((length, i) => padding[2 * i] + length + padding[2 * i + 1]);
  const [down, right] = wide.map((length) => (stride - (length % stride)) % stride);
  const [top, bottom, left, end] = padding;
  const whole = padded(images, value, { padding: [top, bottom + down, left, end + right], firstAxis: 2 }, onnx);
  const planes = onnx.once(`planes ${whole}`, () => onnx.node('SpaceToDepth', [whole], { blocksize: stride }));
  const made: string[] = [];
  for (let row = 0; row < filterSize[0]; row++) {
    for (let column = 0; column < filterSize[1]; column++) {
      const at = [row * dilations[0], column * dilations[1]];
      const plane = (at[0] % stride) * stride + (at[1] % stride);
      const starts = [plane * channels, ...at.map((place) => Math.floor(place / stride))];
      const ends = [starts[0] + channels, starts[1] + steps[0], starts[2] + steps[1]];
      made.push(onnx.node('Slice', [planes, onnx.ints(starts), onnx.ints(ends), onnx.ints([1, 2, 3])]));
    }
  }
  return made;
}
