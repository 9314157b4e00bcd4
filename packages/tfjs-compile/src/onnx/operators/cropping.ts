import type { Operation } from '../../graph/graph';
import type { Emit, OnnxWriter } from '../onnx-writer';

/** Boxes cut out of NHWC images, each resized to the same size. */
export const CROPPING: Readonly<Record<string, Emit>> = { CropAndResize: cropAndResize };

/** Of each box, where the rows or columns of its crop lie in the image. */
interface Places {
  /** [boxes, size], in pixels. */
  readonly at: string;
  /** [boxes, size]: whether that is inside of the image. */
  readonly isInside: string;
  /** The pixels before and after, or the nearest one: [boxes, size], float32. */
  readonly pixels: readonly string[];
}

/** As in TensorFlow's core/kernels/image/crop_and_resize_op.cc. */
function cropAndResize({ inputs, outputs: [output], attributes }: Operation, onnx: OnnxWriter): string {
  const { method, extrapolationValue } = attributes as { method: string; extrapolationValue: number };
  const { image, boxInd } = inputs;
  const [, height, width, channels] = image.shape;
  const [boxes, rows, columns] = output.shape;
  const [top, left, bottom, right] = onnx.outputsOf(
    'Split',
    [onnx.nameOf(inputs['boxes'])],
    { axis: 1, num_outputs: 4 },
    4,
  );
  const isNearest = method === 'nearest';
  const down = placesOf([top, bottom], height, rows, isNearest, onnx);
  const across = placesOf([left, right], width, columns, isNearest, onnx);
  const node = (opType: string, ...names: string[]) => onnx.node(opType, names);
  const table = onnx.reshape(onnx.cast(onnx.nameOf(image), 'float32'), [-1, channels]);
  const [byRow, byColumn] = [
    [boxes, rows, 1],
    [boxes, 1, columns],
  ];
  const first = onnx.reshape(node('Mul', onnx.nameOf(boxInd), onnx.scalar(height * width, boxInd)), [boxes, 1, 1]);
  /** Of one row and one column of pixels for each place: [boxes, rows, columns, channels]. */
  const pick = (row: string, column: string) => {
    const lines = onnx.reshape(node('Mul', onnx.cast(row, 'int32'), onnx.scalar(width, boxInd)), byRow);
    const place = node('Add', node('Add', first, lines), onnx.reshape(onnx.cast(column, 'int32'), byColumn));
    return onnx.node('Gather', [table, place], { axis: 0 });
  };
  /** From a to b, as far as the place is from the pixel before it. */
  const between = (a: string, b: string, { at, pixels }: Places, shape: number[]) => {
    const part = onnx.reshape(node('Sub', at, pixels[0]), [...shape, 1]);
    return node('Add', a, node('Mul', node('Sub', b, a), part));
  };
  const picked = down.pixels.map((row) => {
    const [a, b] = across.pixels.map((column) => pick(row, column));
    return isNearest ? a : between(a, b, across, byColumn);
  });
  const resized = isNearest ? picked[0] : between(picked[0], picked[1], down, byRow);
  const isInside = node(
    'And',
    onnx.reshape(down.isInside, [...byRow, 1]),
    onnx.reshape(across.isInside, [...byColumn, 1]),
  );
  return node('Where', isInside, resized, onnx.float(extrapolationValue));
}

/** @param ends  of the boxes along an axis, [boxes, 1] each; 0 and 1 are the centres of the first and the last pixel */
function placesOf(
  [start, end]: readonly string[],
  pixels: number,
  size: number,
  isNearest: boolean,
  onnx: OnnxWriter,
): Places {
  const node = (opType: string, ...names: string[]) => onnx.node(opType, names);
  const last = onnx.float(pixels - 1);
  const steps = onnx.constant(
    'float32',
    [1, size],
    Float32Array.from({ length: size }, (_, i) => i),
  );
  const span = node('Mul', node('Sub', end, start), last);
  // Rounded as TensorFlow rounds, lest a box's last pixel lies outside of the image.
  const at =
    size > 1
      ? node('Add', node('Mul', start, last), node('Mul', steps, node('Div', span, onnx.float(size - 1))))
      : node('Mul', node('Mul', node('Add', start, end), onnx.float(0.5)), last);
  const isInside = node('And', node('GreaterOrEqual', at, onnx.float(0)), node('LessOrEqual', at, last));
  const inside = node('Clip', at, onnx.float(0), last);
  const nearest = () => node('Floor', node('Add', inside, onnx.float(0.5)));
  return { at: inside, isInside, pixels: isNearest ? [nearest()] : [node('Floor', inside), node('Ceil', inside)] };
}
