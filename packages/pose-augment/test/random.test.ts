import { AugmentError, createRandom } from '../src';

const take = <T>(count: number, draw: () => T): T[] => Array.from({ length: count }, draw);

describe('createRandom(seed)', () => {
  test('repeats itself for the same seed, and a number is the list of itself', () => {
    for (const [one, other] of [
      [7, 7],
      [7, [7]],
      [
        [1, 2, 3],
        [1, 2, 3],
      ],
      [-1, -1],
      [2 ** 40, 2 ** 40],
    ]) {
      const [a, b] = [createRandom(one), createRandom(other)];
      expect(take(20, () => [a.uniform(), a.normal()])).toEqual(take(20, () => [b.uniform(), b.normal()]));
    }
  });

  test('gives these very numbers, on every engine', () => {
    const random = createRandom([42, 3, 1234]);
    expect(take(3, random.uniform)).toEqual(UNIFORM);
    expect(take(4, random.normal)).toEqual(NORMAL);
  });

  test('gives another stream for every other seed', () => {
    const seeds = [0, 1, -1, 2 ** 32, 2 ** 32 + 1, [0, 0], [0, 1], [1, 0], [0, 0, 0], [1, 0, 0], [0, 1, 0], [0, 0, 1]];
    expect(new Set(seeds.map((seed) => createRandom(seed).uniform())).size).toBe(seeds.length);
  });

  test('uniform() is uniform on [0, 1): ten equal bins', () => {
    const { uniform } = createRandom(1);
    const bins = new Array<number>(10).fill(0);
    for (const value of take(100_000, uniform)) bins[Math.floor(value * 10)]++;
    // chi-square with 9 degrees of freedom stays below 27.9 in 99.9 % of the cases
    expect(bins.reduce((sum, n) => sum + (n - 10_000) ** 2 / 10_000, 0)).toBeLessThan(27.9);
  });

  test('normal() has the moments and the tails of a standard normal', () => {
    const values = take(100_000, createRandom(2).normal);
    const moment = (p: number) => values.reduce((sum, value) => sum + value ** p, 0) / values.length;
    const within = (bound: number) => values.filter((value) => Math.abs(value) < bound).length / values.length;
    expect(moment(1)).toBeCloseTo(0, 1.5);
    expect(moment(2)).toBeCloseTo(1, 1.5);
    expect(moment(4)).toBeCloseTo(3, 0.5);
    expect(within(1)).toBeCloseTo(0.6827, 2);
    expect(within(2)).toBeCloseTo(0.9545, 2);
  });

  test('normal() is the polar method with an exact logarithm', () => {
    const [random, twin] = [createRandom(11), createRandom(11)];
    for (const got of take(2000, random.normal)) {
      let [u, s] = [0, 1];
      while (s >= 1 || s === 0) {
        u = 2 * twin.uniform() - 1;
        s = u ** 2 + (2 * twin.uniform() - 1) ** 2;
      }
      expect(Math.abs(got / (u * Math.sqrt((-2 * Math.log(s)) / s)) - 1)).toBeLessThan(1e-14);
    }
  });

  test('first numbers of neighbouring samples are not correlated', () => {
    const first = take(20_000, () => 0).map((_, index) => createRandom([5, 0, index]).uniform() - 0.5);
    const product = first.slice(1).reduce((sum, value, i) => sum + value * first[i], 0) / (first.length - 1);
    expect(Math.abs(product * 12)).toBeLessThan(0.03); // four standard errors
  });

  test('refuses seeds that are not whole', () => {
    for (const seed of [NaN, 0.5, 2 ** 53, [], [1, Infinity]]) expect(() => createRandom(seed)).toThrow(AugmentError);
    expect(() => createRandom([1, 0.5])).toThrow(
      'Expected a safe integer or a list of them as seed but received [1, 0.5]',
    );
  });
});

const UNIFORM = [0.2856934964644724, 0.3692209136272534, 0.458081578198832];
const NORMAL = [-0.7876486915710448, -0.5362163106633404, -0.8561130715720672, 1.8326238603265794];
