import fc from 'fast-check';
import { DTYPES } from '../../src/checkpoint/dtypes';
import { rowMajorStrides, stridedTensor, type Layout } from '../../src/checkpoint/strided-tensor';
import { ModelError } from '../../src';

const FLOAT32 = DTYPES[0];
const INT16 = DTYPES.find(({ name }) => name === 'int16') as (typeof DTYPES)[number];

/** The obvious reading: one index after the other, each looked up in the storage. */
function plain(storage: ArrayLike<number>, { offset, shape, strides }: Layout): number[] {
  const read = (axis: number, at: number): number[] =>
    axis === shape.length
      ? [storage[at]]
      : Array.from({ length: shape[axis] }, (_, i) => read(axis + 1, at + i * strides[axis])).flat();
  return read(0, offset);
}

const layouts = fc.array(fc.tuple(fc.integer({ min: 0, max: 4 }), fc.nat(20)), { maxLength: 5 }).chain((axes) =>
  fc.record({
    offset: fc.nat(10),
    shape: fc.constant(axes.map(([size]) => size)),
    strides: fc.constant(axes.map(([, stride]) => stride)),
  }),
);

test('stridedTensor(...).read() is what an index loop reads, for any strides and offset', () => {
  const floats = Float32Array.from({ length: 400 }, (_, i) => Math.sin(i));
  const shorts = Int16Array.from({ length: 400 }, (_, i) => 7 * i - 1000);
  fc.assert(
    fc.property(layouts, (layout) => {
      for (const [dtype, storage] of [[FLOAT32, floats] as const, [INT16, shorts] as const]) {
        const tensor = stridedTensor('w', dtype, new Uint8Array(storage.buffer), layout);
        expect(tensor.read()).toEqual(Float32Array.from(plain(storage, layout)));
      }
    }),
  );
});

test('stridedTensor(...) takes exactly the layouts that stay in the storage', () => {
  fc.assert(
    fc.property(layouts, fc.nat(100), (layout, size) => {
      const storage = Float32Array.from({ length: size }, (_, i) => i);
      const create = () => stridedTensor('w', FLOAT32, new Uint8Array(storage.buffer), layout);
      const inside = plain(Array.from(storage), layout).every((value) => value !== undefined);
      // PyTorch lets an empty tensor begin anywhere; here it must be in the storage too.
      if (inside && (layout.offset <= size || !layout.shape.includes(0))) expect(create().read()).toBeDefined();
      else expect(create).toThrow(ModelError);
    }),
  );
});

test.each([
  [[2 ** 40, 2 ** 40], [0, 0], 0, /at most 16777216 values that repeat those of a smaller storage/],
  [[2 ** 52, 2 ** 52], [2 ** 52, 2 ** 52], 0, /expected a storage of at least .* values, found one of 4/],
  [[-1], [1], 0, /integers from 0 on, found -1/],
  [[2], [-1], 1, /integers from 0 on, found -1/],
  [[2], [1], -1, /integers from 0 on, found -1/],
  [[1.5], [1], 0, /integers from 0 on, found 1.5/],
  [[NaN], [1], 0, /integers from 0 on, found NaN/],
  [[2], [1], 2 ** 60, /integers from 0 on, found 1152921504606847000/],
  [[2], [1], 3, /expected a storage of at least 5 values, found one of 4/],
  [[2, 2], [1], 0, /at most 64 axes with a stride each, found 2 and 1 strides/],
  [Array(65).fill(1), Array(65).fill(1), 0, /at most 64 axes with a stride each, found 65/],
])('stridedTensor("w", ..., shape %j, strides %j, offset %d) throws', (shape, strides, offset, message) => {
  const create = () => stridedTensor('w', FLOAT32, new Uint8Array(16), { shape, strides, offset });
  expect(create).toThrow(message);
  expect(create).toThrow(/^"w": expected/);
  expect(create).toThrow(ModelError);
});

test('an empty tensor is read whatever its other sizes are', () => {
  const shape = [...Array(30).fill(2 ** 50), 0];
  const strides = shape.map(() => 1);
  expect(stridedTensor('w', FLOAT32, new Uint8Array(0), { offset: 0, shape, strides }).read().length).toBe(0);
});

test('rowMajorStrides(shape)', () => {
  expect(rowMajorStrides([])).toEqual([]);
  expect(rowMajorStrides([2, 3, 4])).toEqual([12, 4, 1]);
});
