import type { OnnxWriter } from '../onnx-writer';
import { largestDivisor } from './largest-divisor';

/** How to compute with [..., channels] and numbers per channel: sums over pixels, and factors. */
export interface ChannelsLast {
  /** `name`, of the shape that was given, as rows that the others take. */
  of(name: string): string;
  /** [channels] as what rows are computed with. */
  each(name: string): string;
  /** Of rows, [channels]. */
  sum(name: string): string;
  /** Of rows, in the shape that was given. */
  back(name: string): string;
}

export function channelsLast(shape: readonly number[], onnx: OnnxWriter): ChannelsLast {
  return onnx.provider === 'cpu' ? longRows(shape, onnx) : shortRows(shape, onnx);
}

/** Up to so many rows of pixels, ONNX Runtime takes no longer for short rows than for long ones. */
const MOST_SHORT_ROWS = 1024;

/**
 * Of many pixels, those of an image's row lie in one long row, and the numbers per channel are repeated as often: ONNX
 * Runtime's CPU part does that faster.
 */
function longRows(shape: readonly number[], onnx: OnnxWriter): ChannelsLast {
  const channels = shape[shape.length - 1];
  const pixels = pixelsIn(shape);
  const repeat = pixels > MOST_SHORT_ROWS && shape.length > 2 ? shape[shape.length - 2] : 1;
  // A product with ones takes a fraction of ReduceSum's time.
  const sumOfRows = (name: string, rows: number) => {
    const ones = onnx.once(`ones ${rows}`, () => onnx.constant('float32', [1, rows], new Float32Array(rows).fill(1)));
    return onnx.node('MatMul', [ones, name]);
  };
  return {
    of: (name) => onnx.reshape(name, [-1, repeat * channels]),
    each: (name) => (repeat > 1 ? onnx.node('Tile', [name, onnx.ints([repeat])]) : name),
    sum: (name) => {
      const sums = sumOfRows(name, pixels / repeat);
      const total = repeat > 1 ? sumOfRows(onnx.reshape(sums, [repeat, channels]), repeat) : sums;
      return onnx.reshape(total, [channels]);
    },
    back: (name) => onnx.reshape(name, shape),
  };
}

/** Columns that keep a GPU busy. */
const MANY_COLUMNS = 2 ** 14;

/** On GPUs each row is a pixel. A thread adds up a column: sums go over pixels that are far apart first. */
function shortRows(shape: readonly number[], onnx: OnnxWriter): ChannelsLast {
  const channels = shape[shape.length - 1];
  const apart = largestDivisor(pixelsIn(shape), MANY_COLUMNS / channels);
  const sumOfRows = (name: string) => onnx.node('ReduceSum', [name, onnx.ints([0])], { keepdims: 0 });
  return {
    of: (name) => onnx.reshape(name, [-1, channels]),
    each: (name) => name,
    sum: (name) => {
      if (apart === 1) return sumOfRows(name);
      const sums = sumOfRows(onnx.reshape(name, [-1, apart * channels]));
      return sumOfRows(onnx.reshape(sums, [apart, channels]));
    },
    back: (name) => onnx.reshape(name, shape),
  };
}

const pixelsIn = (shape: readonly number[]): number => shape.slice(0, -1).reduce((product, side) => product * side, 1);
