import fc from 'fast-check';
import { EASY, HARD, MEDIUM, rankLosses } from '../src/sampler/rank-losses';

test('rankLosses(losses, 0.3, 0.3) calls the lowest 30 % easy, the highest 30 % hard and the others medium', () => {
  const ranks = rankLosses([9, 0, 1, 8, 2, 7, 3, 6, 4, 5], 0.3, 0.3);
  expect([...ranks]).toEqual([HARD, EASY, EASY, HARD, EASY, HARD, MEDIUM, MEDIUM, MEDIUM, MEDIUM]);
});

test('of equal losses the first in the batch is the lower', () => {
  expect([...rankLosses([1, 1, 1, 1], 0.3, 0.3)]).toEqual([EASY, MEDIUM, MEDIUM, HARD]);
});

test('a batch of fewer than three samples is medium', () => {
  expect([...rankLosses([5, 1], 0.3, 0.3)]).toEqual([MEDIUM, MEDIUM]);
  expect([...rankLosses([5], 0.5, 0.5)]).toEqual([MEDIUM]);
  expect([...rankLosses([5, 1, 3], 0.3, 0.3)]).toEqual([HARD, EASY, MEDIUM]);
});

test('shares that add up to 1 leave nobody medium, nobody both', () => {
  expect([...rankLosses([1, 2, 3], 0.5, 0.5)]).toEqual([EASY, EASY, HARD]);
});

test('counts are the rounded shares, and no easier sample has a higher loss than a harder one', () => {
  const losses = fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 3, maxLength: 70 });
  const percents = fc.integer({ min: 1, max: 49 });
  fc.assert(
    fc.property(losses, percents, percents, (given, easy, hard) => {
      const ranks = rankLosses(Float32Array.from(given), easy / 100, hard / 100);
      expect(ranks.filter((rank) => rank === EASY)).toHaveLength(Math.round((given.length * easy) / 100));
      expect(ranks.filter((rank) => rank === HARD)).toHaveLength(Math.round((given.length * hard) / 100));
      const sorted = given.map((loss, i) => [loss, i]).sort((a, b) => a[0] - b[0] || a[1] - b[1]);
      const inOrder = sorted.map(([, i]) => ranks[i]);
      expect(inOrder).toEqual([...inOrder].sort());
    }),
  );
});
