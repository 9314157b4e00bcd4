import { Random, sceneRandom } from '../src/random';

const draws = (random: Random) => Array.from({ length: 8 }, () => random.uniform(0, 1));

test('sceneRandom(seed, split, index) repeats itself and differs in each of its arguments', () => {
  const base = draws(sceneRandom(1, 'train', 0));
  expect(draws(sceneRandom(1, 'train', 0))).toEqual(base);
  for (const other of [
    sceneRandom(2, 'train', 0),
    sceneRandom(1 + 2 ** 32, 'train', 0),
    sceneRandom(1, 'val', 0),
    sceneRandom(1, 'train', 1),
  ])
    expect(draws(other)).not.toEqual(base);
});

test('sceneRandom gives distinct streams to 20000 neighbouring images of two splits', () => {
  const first = new Set<number>();
  for (const split of ['train', 'val'])
    for (let i = 0; i < 10_000; i++) first.add(sceneRandom(0, split, i).uniform(0, 1));
  // 32-bit stream numbers: about 0.05 collisions are expected among 20000.
  expect(first.size).toBeGreaterThanOrEqual(19_999);
});

test('Random.weighted(weights) follows the weights and never picks a zero', () => {
  const random = new Random(3);
  const counts = { a: 0, b: 0, c: 0 };
  for (let i = 0; i < 4000; i++) counts[random.weighted({ a: 3, b: 1, c: 0 })]++;
  expect(counts.a / 4000).toBeCloseTo(0.75, 1);
  expect(counts.c).toBe(0);
});

test('Random.normal(mean, deviation) has that mean and is cut at two and a half deviations', () => {
  const random = new Random(4);
  const values = Array.from({ length: 4000 }, () => random.normal(10, 2));
  expect(values.reduce((sum, value) => sum + value, 0) / 4000).toBeCloseTo(10, 0);
  expect(Math.min(...values)).toBeGreaterThanOrEqual(5);
  expect(Math.max(...values)).toBeLessThanOrEqual(15);
});
