import { ModelError } from '../model-error';
import type { TorchTensor } from './checkpoint';
import type { DType } from './dtypes';
import { quote } from './quote';

/** Where the values of a tensor are in its storage, in values: index (i, j) is at `offset + i * strides[0] + j * strides[1]`. */
export interface Layout {
  offset: number;
  shape: readonly number[];
  strides: readonly number[];
}

/** Of a tensor; PyTorch computes with no more. */
export const MAX_AXES = 64;

/** A view may repeat values (stride 0), so that a few bytes make any number of them; this many are believed. */
const MAX_REPEATED = 2 ** 24;

/**
 * A tensor that is read from its storage when asked for.
 *
 * @param key      for errors
 * @param storage  its whole storage, any alignment
 * @throws ModelError, now and not in `read`, when the layout is impossible or leaves the storage
 */
export function stridedTensor(key: string, dtype: DType, storage: Uint8Array, layout: Layout): TorchTensor {
  const { offset, shape, strides } = layout;
  const available = Math.floor(storage.length / dtype.bytes);
  checkLayout(key, layout);
  const count = valueCount(shape);
  const end = count === 0 ? offset : shape.reduce((last, size, axis) => last + (size - 1) * strides[axis], offset) + 1;
  if (end > available) {
    throw new ModelError(`${quote(key)}: expected a storage of at least ${end} values, found one of ${available}`);
  }
  if (count > Math.max(available, MAX_REPEATED)) {
    throw new ModelError(
      `${quote(key)}: expected at most ${MAX_REPEATED} values that repeat those of a smaller storage, found ${count} of ${available}`,
    );
  }
  return {
    dtype: dtype.name,
    shape,
    read() {
      const values = dtype.decode(storage.subarray(offset * dtype.bytes, end * dtype.bytes));
      if (!isRowMajor(layout)) return gather(values, layout, count);
      return values instanceof Float32Array ? values : new Float32Array(values);
    },
  };
}

/** Of a tensor; not exact, but too many, beyond 2 ** 53. */
export function valueCount(shape: readonly number[]): number {
  // Sizes beside a 0 may multiply to Infinity, and that times 0 is NaN.
  return shape.includes(0) ? 0 : shape.reduce((product, size) => product * size, 1);
}

/** Strides of a tensor whose values lie row-major and without gaps. */
export function rowMajorStrides(shape: readonly number[]): number[] {
  const strides = new Array<number>(shape.length);
  for (let axis = shape.length - 1, stride = 1; axis >= 0; stride *= shape[axis--]) strides[axis] = stride;
  return strides;
}

function checkLayout(key: string, { offset, shape, strides }: Layout): void {
  if (shape.length > MAX_AXES || strides.length !== shape.length) {
    throw new ModelError(
      `${quote(key)}: expected at most ${MAX_AXES} axes with a stride each, found ${shape.length} and ${strides.length} strides`,
    );
  }
  const wrong = [offset, ...shape, ...strides].find((value) => !Number.isSafeInteger(value) || value < 0);
  if (wrong !== undefined) {
    throw new ModelError(
      `${quote(key)}: expected an offset, sizes and strides that are integers from 0 on, found ${wrong}`,
    );
  }
}

function isRowMajor({ shape, strides }: Layout): boolean {
  const expected = rowMajorStrides(shape);
  return shape.includes(0) || shape.every((size, axis) => size === 1 || strides[axis] === expected[axis]);
}

/** The values row-major: the last axis runs in the inner loop, the others turn as an odometer does. */
function gather(values: ArrayLike<number>, { shape, strides }: Layout, count: number): Float32Array {
  const axes = shape.map((size, axis) => ({ size, stride: strides[axis], index: 0 })).filter(({ size }) => size > 1);
  const inner = axes.pop() ?? { size: 1, stride: 0 };
  const result = new Float32Array(count);
  let start = 0;
  for (let to = 0; to < count;) {
    for (let i = 0, from = start; i < inner.size; i++, from += inner.stride) result[to++] = values[from];
    for (let a = axes.length - 1; a >= 0; a--) {
      const axis = axes[a];
      start += axis.stride;
      if (++axis.index < axis.size) break;
      start -= axis.stride * axis.size;
      axis.index = 0;
    }
  }
  return result;
}
