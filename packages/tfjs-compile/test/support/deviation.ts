/** The largest difference, as a part of the largest expected value. */
export function deviation(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  expect(actual).toHaveLength(expected.length);
  let [difference, largest] = [0, 0];
  for (let i = 0; i < expected.length; i++) {
    if (Object.is(actual[i], expected[i])) continue;
    const d = Math.abs(actual[i] - expected[i]);
    difference = Number.isNaN(d) ? Infinity : Math.max(difference, d);
  }
  for (let i = 0; i < expected.length; i++) largest = Math.max(largest, Math.abs(expected[i]) || 0);
  return difference === 0 ? 0 : difference / largest;
}
