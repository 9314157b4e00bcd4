import { expectClose, expectSummary, type Summary } from '../src/expectations';

test('expectClose fails beyond the tolerance, for NaN, and for another length', () => {
  expectClose([1, 2.001], [1, [2]], [0.001, 1e-6], 'x');
  expect(() => expectClose([1, 2.1], [1, [2]], [0.001, 1e-6], 'x')).toThrow('x[1]: expected 2');
  expect(() => expectClose([NaN], [1], [10, 10], 'x')).toThrow('x[0]: expected 1');
  expect(() => expectClose([1, 2, 3], [1, 2], [10, 10], 'x')).toThrow('length');
});

describe('expectSummary', () => {
  const values = [0, -2, 3, 0.5];
  const fraction = (i: number) => ((i * 0x9e3779b1) % 2 ** 32) / 2 ** 32;
  const summary: Summary = {
    shape: [2, 2],
    sum: 1.5,
    abs: 5.5,
    wsum: values.reduce((sum, value, i) => sum + value * fraction(i), 0),
    nnz: 3,
    max: 3,
    min: -2,
    idx: [1, 3],
    val: [-2, 0.5],
  };
  const check = (got: number[]) => expectSummary(got, summary, [0, 1e-6], 1e-6, 'x');

  test('passes for the array that it sums up', () => check(values));

  test.each<[string, number[]]>([
    ['a value', [0, -2, 3, 0.6]],
    ['the order', [0, -2, 0.5, 3]],
    ['a sign', [0, 2, 3, 0.5]],
    ['a zero that is none', [1e-7, -2, 3, 0.5]],
    ['the length', [0, -2, 3, 0.5, 0]],
    ['a NaN', [0, -2, NaN, 0.5]],
  ])('fails for another: %s', (_, got) => expect(() => check(got)).toThrow());
});
