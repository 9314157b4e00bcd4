import { AdaBatch } from '../src/sampler/ada-batch';
import { difficultyChart } from '../src/sampler/difficulty-chart';
import type { EpochDifficulty } from '../src/sampler/difficulty-history';
import { driveEpoch } from './sampler-runs';

test('history() has the shares and quantiles of each epoch, the unfinished one as it is so far', () => {
  const sampler = new AdaBatch({ samples: 100 });
  expect(sampler.history()).toEqual([]);
  // All 100 in one batch: the ranks are those of the place.
  const drive = (epoch: number, end = Infinity) =>
    driveEpoch(sampler, epoch, (place) => place, { batchSize: 100, end });
  drive(0);
  const first = { epoch: 0, easy: 0.3, medium: 0.4, hard: 0.3, putOff: 0, quantiles: [-1, 0, 1] };
  expect(sampler.history()).toEqual([first]);
  drive(1);
  drive(2, 0);
  // Nothing of epoch 2 was observed.
  expect(sampler.history()).toEqual([first, { ...first, epoch: 1 }]);
  drive(2);
  // The 30 hard ones are gone; of the other 70, 21 are easy and 21 hard.
  const [third] = sampler.history().slice(2);
  expect(third).toMatchObject({ epoch: 2, easy: 0.21, medium: 0.28, hard: 0.21, putOff: 0.3 });
  // Places 0-20: -1, 21-29: -2/3, 30-48: 0, 49-69: 1/3, 70-99: 1.
  expect(third.quantiles).toEqual([-1, Math.fround(1 / 3), 1]);
});

test('a quantile is the lowest index that so many samples do not exceed', () => {
  const sampler = new AdaBatch({ samples: 10, easyShare: 0.1, hardShare: 0.1 });
  driveEpoch(sampler, 0, (place) => place);
  expect(sampler.history()[0].quantiles).toEqual([-1, 0, 0]);
});

test('quantiles leave out samples that were never seen', () => {
  const sampler = new AdaBatch({ samples: 1000 });
  sampler.order(0);
  sampler.observe([3, 4, 5], Float32Array.of(1, 2, 3));
  expect(sampler.history()).toEqual([
    { epoch: 0, easy: 0.001, medium: 0.001, hard: 0.001, putOff: 0, quantiles: [-1, 0, 1] },
  ]);
});

test('difficultyChart shows the three quantiles and the share put off', () => {
  const entry = (epoch: number): EpochDifficulty => ({
    epoch,
    easy: 0.3,
    medium: 0.3,
    hard: 0.3,
    putOff: 0.1,
    quantiles: [-1, 0, 1],
  });
  const pixels = (last: Partial<EpochDifficulty>): Uint8Array =>
    difficultyChart([entry(0), entry(1), { ...entry(2), ...last }]).data;
  const isPlain = (last: Partial<EpochDifficulty>): boolean => Buffer.compare(pixels(last), pixels({})) === 0;
  const moved: [number, number, number][] = [
    [-0.5, 0, 1],
    [-1, 0.5, 1],
    [-1, 0, 0.5],
  ];
  for (const last of [{ putOff: 0.3 }, ...moved.map((quantiles) => ({ quantiles }))]) {
    expect(isPlain(last)).toBe(false);
  }
  expect(isPlain({ medium: 0.5, hard: 0.1 })).toBe(true);
  expect(difficultyChart([]).width).toBe(difficultyChart([entry(0)]).width);
});
