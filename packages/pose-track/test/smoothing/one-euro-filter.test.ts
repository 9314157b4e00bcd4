import fc from 'fast-check';
import { OneEuroFilter } from '../../src/index';

/** The paper's algorithm as it is written there: rates in hertz, and low-pass filters that know their last output. */
function paperFilter(values: number[], times: number[], mincutoff: number, beta: number, dcutoff: number): number[] {
  const alpha = (rate: number, cutoff: number): number => {
    const tau = 1.0 / (2 * Math.PI * cutoff);
    const te = 1.0 / rate;
    return 1.0 / (1.0 + tau / te);
  };
  const lowPassFilter = () => {
    let hatxprev: number | undefined;
    return {
      last: () => hatxprev,
      filter: (x: number, a: number) => (hatxprev = hatxprev === undefined ? x : a * x + (1 - a) * hatxprev),
    };
  };
  const [xfilt, dxfilt] = [lowPassFilter(), lowPassFilter()];
  return values.map((x, i) => {
    const rate = i === 0 ? 1 : 1 / (times[i] - times[i - 1]);
    const last = xfilt.last();
    const dx = last === undefined ? 0 : (x - last) * rate;
    const edx = dxfilt.filter(dx, alpha(rate, dcutoff));
    return xfilt.filter(x, alpha(rate, mincutoff + beta * Math.abs(edx)));
  });
}

const samples = fc.array(
  fc.record({
    value: fc.double({ min: -1000, max: 1000, noNaN: true }),
    gap: fc.double({ min: 0.001, max: 2, noNaN: true }),
  }),
  { minLength: 1, maxLength: 30 },
);

test('filter(value, time) equals the algorithm of the paper at any rate', () => {
  const hertz = fc.double({ min: 0.01, max: 100, noNaN: true });
  fc.assert(
    fc.property(
      samples,
      hertz,
      fc.double({ min: 0, max: 2, noNaN: true }),
      hertz,
      (steps, minCutoff, beta, dCutoff) => {
        const values = steps.map(({ value }) => value);
        const times = steps.map((_, i) => steps.slice(0, i + 1).reduce((sum, { gap }) => sum + gap, 0));
        const filter = new OneEuroFilter({ minCutoff, beta, dCutoff });
        const expected = paperFilter(values, times, minCutoff, beta, dCutoff);
        values.forEach((value, i) => expect(Math.abs(filter.filter(value, times[i]) - expected[i])).toBeLessThan(1e-8));
      },
    ),
    { numRuns: 200 },
  );
});

test('a constant signal comes back unchanged', () => {
  const filter = new OneEuroFilter({ beta: 0.5 });
  for (let t = 0; t < 50; t++) expect(filter.filter(12.5, t / 30)).toBeCloseTo(12.5, 12);
});

test('filtered values stay between the last one and the new', () => {
  fc.assert(
    fc.property(samples, (steps) => {
      const filter = new OneEuroFilter({ beta: 0.01 });
      let time = 0;
      let last = steps[0].value;
      for (const { value, gap } of steps) {
        const filtered = filter.filter(value, (time += gap));
        expect(filtered).toBeGreaterThanOrEqual(Math.min(last, value) - 1e-9);
        expect(filtered).toBeLessThanOrEqual(Math.max(last, value) + 1e-9);
        last = filtered;
      }
    }),
  );
});

test('with beta 0 a step is answered as a first-order low-pass does: 1 - (1 - alpha)^n', () => {
  const [cutoff, rate] = [2, 60];
  const alpha = 1 / (1 + rate / (2 * Math.PI * cutoff));
  const filter = new OneEuroFilter({ minCutoff: cutoff });
  filter.filter(0, 0);
  for (let n = 1; n <= 40; n++) expect(filter.filter(1, n / rate)).toBeCloseTo(1 - (1 - alpha) ** n, 12);
});

test('at a high rate a step is at 1 - 1/e after the time constant 1 / (2 pi cutoff)', () => {
  const [cutoff, rate] = [1, 100_000];
  const filter = new OneEuroFilter({ minCutoff: cutoff });
  filter.filter(0, 0);
  const samplesOfTimeConstant = Math.round(rate / (2 * Math.PI * cutoff));
  let filtered = 0;
  for (let n = 1; n <= samplesOfTimeConstant; n++) filtered = filter.filter(1, n / rate);
  expect(filtered).toBeCloseTo(1 - 1 / Math.E, 4);
});

test('a higher beta lags less behind a moving value', () => {
  const lags = [0, 0.005, 0.05].map((beta) => {
    const filter = new OneEuroFilter({ beta });
    let lag = 0;
    for (let t = 0; t <= 60; t++) lag = 10 * t - filter.filter(10 * t, t / 30);
    return lag;
  });
  expect(lags[1]).toBeLessThan(0.7 * lags[0]);
  expect(lags[2]).toBeLessThan(0.5 * lags[1]);
  expect(lags[2]).toBeGreaterThan(0);
});

test('bad numbers, times and options are errors', () => {
  const filter = new OneEuroFilter();
  filter.filter(1, 2);
  expect(() => filter.filter(1, 2)).toThrow('time: expected seconds after 2, the last, found 2');
  expect(() => filter.filter(1, 1)).toThrow('time: expected seconds after 2, the last, found 1');
  expect(() => filter.filter(NaN, 3)).toThrow('value: expected a finite number, found NaN');
  expect(() => filter.filter(1, Infinity)).toThrow('time: expected a finite number, found Infinity');
  expect(() => new OneEuroFilter({ minCutoff: 0 })).toThrow('options.minCutoff: expected a number above 0, found 0');
  expect(() => new OneEuroFilter({ beta: -1 })).toThrow('options.beta: expected a number of 0 or more, found -1');
  expect(() => new OneEuroFilter({ dCutoff: NaN })).toThrow('options.dCutoff: expected a finite number, found NaN');
});
