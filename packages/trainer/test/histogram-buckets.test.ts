import { histogramBuckets } from '../src/telemetry/histogram-buckets';

test('histogramBuckets() makes 30 buckets of equal width, each value in its own', () => {
  const values = Float32Array.from({ length: 5000 }, (_, i) => Math.sin(i) * Math.exp(i / 5000) - 0.3);
  const { min, max, count, sum, sumOfSquares, limits, counts } = histogramBuckets(values);
  const sorted = Array.from(values).sort((a, b) => a - b);
  expect({ min, max, count }).toEqual({ min: sorted[0], max: sorted[4999], count: 5000 });
  expect(sum).toBeCloseTo(
    sorted.reduce((a, b) => a + b),
    6,
  );
  expect(sumOfSquares).toBeCloseTo(
    sorted.reduce((a, b) => a + b * b, 0),
    6,
  );
  expect(limits).toHaveLength(30);
  expect(limits[29]).toBe(max);
  limits.forEach((limit, i) => expect(limit).toBeCloseTo(min + ((max - min) * (i + 1)) / 30, 12));
  const below = (limit: number) => sorted.filter((value) => value < limit).length;
  expect(counts).toEqual(
    limits.map((limit, i) => (i === 29 ? 5000 : below(limit)) - (i === 0 ? 0 : below(limits[i - 1]))),
  );
});

test('histogramBuckets() puts values that are all the same into the last bucket', () => {
  const { limits, counts, ...rest } = histogramBuckets(Float32Array.of(2, 2, 2));
  expect(rest).toEqual({ min: 2, max: 2, count: 3, sum: 6, sumOfSquares: 12 });
  expect(limits).toEqual(new Array(30).fill(2));
  expect(counts).toEqual([...new Array(29).fill(0), 3]);
});

test('histogramBuckets() leaves out what is not finite; nothing is left of nothing', () => {
  const finite = histogramBuckets(Float32Array.of(-1, 0, 5));
  expect(histogramBuckets(Float32Array.of(NaN, -1, Infinity, 0, -Infinity, 5))).toEqual(finite);
  const none = { min: 0, max: 0, count: 0, sum: 0, sumOfSquares: 0, limits: [], counts: [] };
  expect(histogramBuckets(Float32Array.of(NaN))).toEqual(none);
  expect(histogramBuckets(new Float32Array())).toEqual(none);
});
