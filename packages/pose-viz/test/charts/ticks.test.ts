import fc from 'fast-check';
import { linearAxis, logAxis, logTickLabels, niceStep, tickLabels } from '../../src/charts/ticks';

test.each([
  [1, 5, 0.2],
  [1, 10, 0.1],
  [7, 5, 2],
  [60, 12, 5],
  [0.0003, 4, 0.0001],
  [12345, 4, 5000],
])('niceStep(%d, %d) is %d', (span, count, step) => expect(niceStep(span, count)).toBeCloseTo(step, 12));

test('linearAxis() extends to ticks, without rounding errors in them', () => {
  expect(linearAxis(0.12, 0.78, 5, { extend: true })).toEqual({ low: 0, high: 0.8, ticks: [0, 0.2, 0.4, 0.6, 0.8] });
  expect(linearAxis(0, 0.3, 3, { extend: true }).ticks).toEqual([0, 0.1, 0.2, 0.3]);
  expect(linearAxis(-7, 12, 4, { extend: true }).ticks).toEqual([-10, -5, 0, 5, 10, 15]);
});

test('linearAxis() otherwise ends with the data', () => {
  expect(linearAxis(1, 60, 6)).toEqual({ low: 1, high: 60, ticks: [10, 20, 30, 40, 50, 60] });
  expect(linearAxis(1, 3, 12, { whole: true }).ticks).toEqual([1, 2, 3]);
});

test('linearAxis() of one value has room around it', () => {
  expect(linearAxis(5, 5, 4, { whole: true })).toEqual({ low: 4, high: 6, ticks: [4, 5, 6] });
  const { low, high, ticks } = linearAxis(0, 0, 4);
  expect([low, high]).toEqual([-1, 1]);
  expect(ticks).toContain(0);
});

test('axes hold their data and ticks for any data', () => {
  const value = fc.double({ min: -1e9, max: 1e9, noNaN: true });
  fc.assert(
    fc.property(
      value,
      value,
      fc.integer({ min: 2, max: 12 }),
      fc.boolean(),
      fc.boolean(),
      (c, d, count, whole, extend) => {
        const [a, b] = whole ? [Math.round(c), Math.round(d)] : [c, d];
        const axis = linearAxis(Math.min(a, b), Math.max(a, b), count, { whole, extend });
        const slack = 1e-8 * (axis.high - axis.low);
        expect(axis.high).toBeGreaterThan(axis.low);
        expect(axis.low).toBeLessThanOrEqual(Math.min(a, b) + slack);
        expect(axis.high).toBeGreaterThanOrEqual(Math.max(a, b) - slack);
        expect(axis.ticks.length).toBeLessThanOrEqual(count + 3);
        axis.ticks.forEach((t, i) => i > 0 && expect(t).toBeGreaterThan(axis.ticks[i - 1]));
        expect(new Set(tickLabels(axis.ticks)).size).toBe(axis.ticks.length);
      },
    ),
    { numRuns: 500 },
  );
});

test('logAxis() ticks at powers of ten, with 2 and 5 where there is room', () => {
  expect(logAxis(0.0011, 0.021, 6).ticks).toEqual([0.001, 0.002, 0.005, 0.01, 0.02, 0.05]);
  expect(logAxis(1e-6, 1e3, 5).ticks).toEqual([1e-6, 1e-4, 1e-2, 1, 100, 1e4]);
  expect(logAxis(1, 1, 4)).toEqual({ low: 1, high: 2, ticks: [1, 2] });
});

test('logAxis() holds its data', () => {
  const value = fc.double({ min: -30, max: 30, noNaN: true }).map((e) => 10 ** e);
  fc.assert(
    fc.property(value, value, fc.integer({ min: 2, max: 12 }), (a, b, count) => {
      const { low, high, ticks } = logAxis(Math.min(a, b), Math.max(a, b), count);
      expect(low).toBeLessThanOrEqual(Math.min(a, b));
      expect(high).toBeGreaterThanOrEqual(Math.max(a, b));
      expect(high).toBeGreaterThan(low);
      expect(ticks.length).toBeGreaterThanOrEqual(2);
      expect(ticks.length).toBeLessThanOrEqual(count + 3);
      expect(ticks[0] / low).toBeCloseTo(1, 8);
      expect(ticks[ticks.length - 1] / high).toBeCloseTo(1, 8);
    }),
    { numRuns: 500 },
  );
});

test('tick labels have the decimals that they need', () => {
  expect(tickLabels([0, 0.05, 0.1])).toEqual(['0.00', '0.05', '0.10']);
  expect(tickLabels([0, 20, 40])).toEqual(['0', '20', '40']);
  expect(tickLabels([0, 5e6])).toEqual(['0', '5e6']);
  expect(tickLabels([0, 2e-5])).toEqual(['0', '2e-5']);
  expect(tickLabels([0.42])).toEqual(['0.42']);
  expect(tickLabels([1000002, 1000004])).toEqual(['1.000002e6', '1.000004e6']);
  expect(linearAxis(2.55, 2.97, 2).ticks).toEqual([2.6, 2.8]);
  expect(logTickLabels([1e-5, 0.001, 0.5, 200, 1e6])).toEqual(['1e-5', '0.001', '0.5', '200', '1e6']);
});
