import fc from 'fast-check';
import { createRandom, randomScale, replayDraws, startSample } from '../src';

describe('randomScale(scaleFactor)', () => {
  const sample = startSample({ center: [5, 6], scale: [1, 1.5], keypoints: [], imageWidth: 10 });
  const drawn = (normal: number) => randomScale(0.25)(sample, replayDraws([{ kind: 'normal', value: normal }])).scale;

  test('multiplies both sides by 1 + normal * scaleFactor, limited', () => {
    expect([0.5, 1, 9, -1, -9].map((normal) => drawn(normal))).toEqual([
      [1.125, 1.6875],
      [1.25, 1.875],
      [1.25, 1.875],
      [0.75, 1.125],
      [0.75, 1.125],
    ]);
  });

  test('stays within its bounds', () => {
    const factor = fc.integer({ min: 0, max: 999 }).map((n) => n / 1000);
    fc.assert(
      fc.property(factor, fc.integer(), (scaleFactor, seed) => {
        const { scale } = randomScale(scaleFactor)(sample, createRandom(seed));
        expect(scale[0]).toBeGreaterThanOrEqual(1 - scaleFactor);
        expect(scale[0]).toBeLessThanOrEqual(1 + scaleFactor);
        expect(scale[1]).toBe(1.5 * scale[0]);
      }),
    );
  });

  test('refuses factors that leave no region, and regions that are none', () => {
    for (const factor of [1, -0.1, NaN]) expect(() => randomScale(factor)).toThrow('from 0 to below 1 for scaleFactor');
    expect(() => randomScale(0.1)({ ...sample, scale: [NaN, 1] }, createRandom(1))).toThrow('numbers for scale');
  });
});
