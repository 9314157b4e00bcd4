import fc from 'fast-check';
import { GrowingColumn } from '../../src/columns/number-column';

function column(values: readonly number[]) {
  const growing = new GrowingColumn();
  growing.pushAll(values, values.length);
  return growing.finish();
}

test.each([
  [[], Int8Array],
  [[0, -128, 127], Int8Array],
  [[0, 128], Int16Array],
  [[-32769], Int32Array],
  [[2 ** 31], Float32Array],
  [[1, -0], Float32Array],
  [[1, 0.5], Float32Array],
  [[1, 0.1], Float64Array],
  [[2 ** 31 + 1], Float64Array],
])('%p takes the smallest type', (values, type) => {
  expect(column(values)).toBeInstanceOf(type);
});

test('a column holds exactly what was appended', () => {
  const value = fc.oneof(
    fc.integer({ min: -200, max: 200 }),
    fc.integer(),
    fc.double({ noNaN: true }),
    fc.constant(-0),
  );
  fc.assert(fc.property(fc.array(value), (values) => expect([...column(values)]).toEqual(values)));
  const many = Array.from({ length: 5000 }, (_, i) => 7 * i);
  expect([...column(many)]).toEqual(many);
});
