import { measure } from '../../src/bench/measure';

const wait = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

test('measure(seconds, run) leaves out two runs, then takes the median of three at least', async () => {
  const durations = [90, 90, 10, 60, 20];
  let runs = 0;
  const timing = await measure(0, () => wait(durations[runs++]));
  expect(runs).toBe(5);
  expect(timing.runs).toBe(3);
  expect(timing.seconds).toBeGreaterThan(0.015);
  expect(timing.seconds).toBeLessThan(0.058);
});

test('measure(seconds, run) goes on until the time is over', async () => {
  const { runs, seconds } = await measure(0.2, () => wait(10));
  expect(runs).toBeGreaterThan(3);
  expect(runs * seconds).toBeLessThan(0.4);
});
