import { sizeOf, type Value } from '../../graph/graph';
import type { OnnxWriter } from '../onnx-writer';

type Pair = readonly [height: number, width: number];

/** Which pixels of an image each position of a grid sees. */
export interface Sight {
  /** Rows and columns of the grid. */
  readonly steps: Pair;
  /** From one position to the next, in pixels. */
  readonly strides: Pair;
  /** Rows, and columns, that a position sees, from its own; every such row with every such column. */
  readonly offsets: readonly [rows: readonly number[], columns: readonly number[]];
}

/**
 * Up to this many numbers, what a convolution gathered is kept on a GPU for its filter's gradient; more is gathered again.
 * So is everything on the CPU, whose caches have lost it by then: reading it takes as long as gathering.
 */
const MOST_KEPT_ON_GPU = 2 ** 22;

/**
 * The pixels that each position sees, side by side: [images * steps, seen * channels]; zeros where it sees past the edge.
 *
 * ONNX Runtime gathers on all threads, and several times as fast as it slices and joins.
 *
 * @param images  [N, height, width, channels]
 */
export function pixelRows(images: string, value: Value, sight: Sight, onnx: OnnxWriter): string {
  const { shape } = value;
  const channels = shape[3];
  const places = placesSeen(shape, sight);
  const rows = onnx.reshape(images, [-1, channels]);
  const seen = sight.offsets[0].length * sight.offsets[1].length;
  // Each pixel once, as it lies: of single pixels, or of images that are seen whole.
  const isAll = places.every((place, i) => place === i) && places.length * channels === sizeOf(value);
  if (isAll) return onnx.reshape(images, [-1, seen * channels]);
  const gather = (axis: number) => {
    const key = `places ${shape.slice(0, 3).join()} ${JSON.stringify(sight)}`;
    const indices = onnx.once(key, () => onnx.constant('int32', [places.length / seen, seen], places));
    const isInside = places.every((place) => place < sizeOf({ shape }) / channels);
    const table = isInside ? rows : onnx.once(`${rows} and zeros`, () => withZeros(rows, value, onnx));
    return onnx.reshape(onnx.node('Gather', [table, indices], { axis }), [-1, seen * channels]);
  };
  const key = `rows of ${images} ${JSON.stringify(sight)}`;
  if (onnx.provider !== 'cpu' && places.length * channels <= MOST_KEPT_ON_GPU) return onnx.once(key, () => gather(0));
  // ONNX Runtime would take a second Gather that is the same for the first one, and keep that: axis 0, said otherwise.
  let axis = -2;
  const first = onnx.once(key, () => gather((axis = 0)));
  return axis === 0 ? first : gather(axis);
}

/** Numbers of pixels, position by position; past the edge that of one more than there are. */
function placesSeen([images, height, width]: readonly number[], { steps, strides, offsets }: Sight): Int32Array {
  const seen = offsets[0].length * offsets[1].length;
  const places = new Int32Array(images * steps[0] * steps[1] * seen);
  let next = 0;
  for (let image = 0; image < images; image++) {
    for (let y = 0; y < steps[0]; y++) {
      for (let x = 0; x < steps[1]; x++) {
        for (const down of offsets[0]) {
          const row = y * strides[0] + down;
          for (const right of offsets[1]) {
            const column = x * strides[1] + right;
            const isInside = row >= 0 && row < height && column >= 0 && column < width;
            places[next++] = isInside ? (image * height + row) * width + column : images * height * width;
          }
        }
      }
    }
  }
  return places;
}

function withZeros(rows: string, images: Value, onnx: OnnxWriter): string {
  const channels = images.shape[3];
  const zeros = onnx.floats([1, channels], new Float32Array(channels), images);
  return onnx.node('Concat', [rows, zeros], { axis: 0 });
}
