import type { NamedTensorMap, Tensor } from '@tensorflow/tfjs-core';

/**
 * Expects equal names, shapes, types and values.
 *
 * @param tolerance  of the largest magnitude of each tensor, or of 1 if that is larger
 */
export function expectEqual(found: NamedTensorMap, expected: NamedTensorMap, tolerance = 0): void {
  expect(Object.keys(found)).toEqual(Object.keys(expected));
  for (const [name, tensor] of Object.entries(expected)) expectSame(name, found[name], tensor, tolerance);
}

/** Hoisted: looked up in jest's sandbox, globals are slow. */
const { abs, max } = Math;
const { is } = Object;
const { isFinite } = Number;

function expectSame(name: string, found: Tensor, expected: Tensor, tolerance: number): void {
  expect([name, found.shape, found.dtype]).toEqual([name, expected.shape, expected.dtype]);
  const values = expected.dataSync<'float32'>();
  const largest = values.reduce((most, value) => (isFinite(value) ? max(most, abs(value)) : most), 1);
  // What is not a number, or infinite, is to be the same.
  const differences = found
    .dataSync<'float32'>()
    .map((value, i) => (is(value, values[i]) ? 0 : abs(value - values[i])));
  const difference = differences.reduce((most, value) => max(most, value), 0);
  if (!(difference <= tolerance * largest)) {
    throw new Error(`${name} differs by ${difference}, of ${largest}: more than ${tolerance} of that.`);
  }
}
