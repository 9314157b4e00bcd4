import fc from 'fast-check';
import { fitAspectRatio } from '../src';

describe('fitAspectRatio(scale, aspectRatio)', () => {
  test('widens the shorter side and never narrows', () => {
    expect(fitAspectRatio([100, 40], 0.5)).toEqual([100, 200]);
    expect(fitAspectRatio([10, 40], 0.5)).toEqual([20, 40]);
    const whole = fc.integer({ min: 1, max: 2000 });
    fc.assert(
      fc.property(whole, whole, whole, (width, height, ratio) => {
        const [w, h] = fitAspectRatio([width, height], ratio / 1000);
        expect(w / h).toBeCloseTo(ratio / 1000, 9);
        expect(Math.min(w - width, h - height)).toBe(0);
      }),
    );
  });

  test('refuses a ratio that is not positive', () => {
    expect(() => fitAspectRatio([1, 1], -1)).toThrow('Expected a positive number for aspectRatio but received -1');
  });
});
