import { pairwiseSum } from '../src/similarity/pairwise-sum';

/** n numbers of a linear congruential generator in [0, 1). */
function sequence(n: number): Float64Array {
  let state = 1;
  return Float64Array.from({ length: n }, () => {
    state = (Math.imul(1664525, state) + 1013904223) >>> 0;
    return state / 2 ** 32;
  });
}

// numpy.sum of the same numbers, numpy 2.4.6.
test.each([
  [1, 0.23645552527159452],
  [5, 1.865395123604685],
  [7, 3.0096764403861016],
  [8, 3.5658650109544396],
  [15, 6.55713297217153],
  [16, 7.537978934124112],
  [127, 63.87203536904417],
  [128, 63.88974632322788],
  [129, 64.45182694029063],
  [300, 151.5194269712083],
  [1010, 516.3691352081951],
  [10100, 5026.95140920626],
])('pairwiseSum of %i numbers equals numpy to the last bit', (n, sum) => {
  expect(pairwiseSum(sequence(n), 0, n)).toBe(sum);
});

test('pairwiseSum(values, begin, count) adds only those', () => {
  expect(pairwiseSum(Float64Array.of(100, 1, 2, 3, 100), 1, 3)).toBe(6);
  expect(pairwiseSum(Float64Array.of(100), 0, 0)).toBe(0);
});
