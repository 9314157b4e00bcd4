import { measure } from '../../src/bench/measure';

let now = 0; // milliseconds
const wait = (milliseconds: number) => (now += milliseconds);

beforeEach(() => {
  now = 0;
  jest.spyOn(performance, 'now').mockImplementation(() => now);
});
afterEach(() => jest.restoreAllMocks());

test('measure(seconds, run) leaves out two runs, then takes the median of three at least', async () => {
  const durations = [90, 90, 10, 60, 20];
  let runs = 0;
  expect(await measure(0, () => wait(durations[runs++]))).toEqual({ seconds: 0.02, runs: 3 });
  expect(runs).toBe(5);
});

test('measure(seconds, run) goes on until the time is over', async () => {
  expect(await measure(0.2, () => wait(30))).toEqual({ seconds: 0.03, runs: 7 });
});

test('the median of an even number of runs is the mean of the middle two', async () => {
  const durations = [90, 90, 10, 60, 20, 40];
  let runs = 0;
  expect(await measure(0.13, () => wait(durations[runs++]))).toEqual({ seconds: 0.03, runs: 4 });
});
