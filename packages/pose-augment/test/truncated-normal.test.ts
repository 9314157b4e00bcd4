import { createRandom, replayDraws, truncatedNormal } from '../src';

describe('truncatedNormal(random)', () => {
  test('has the moments of a standard normal cut off at -1 and 1', () => {
    const random = createRandom(4);
    const values = Array.from({ length: 100_000 }, () => truncatedNormal(random));
    const moment = (p: number) => values.reduce((sum, value) => sum + value ** p, 0) / values.length;
    expect(Math.max(...values.map(Math.abs))).toBeLessThanOrEqual(1);
    expect(moment(1)).toBeCloseTo(0, 2);
    expect(moment(2)).toBeCloseTo(0.2911, 2); // 1 - 2 * phi(1) / (2 * Phi(1) - 1)
  });

  test('takes the first normal draw that fits', () => {
    const random = replayDraws([1.01, -2, -1, 0.5].map((value) => ({ kind: 'normal', value })));
    expect([truncatedNormal(random), random.left]).toEqual([-1, 1]);
  });
});
