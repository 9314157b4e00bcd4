import fc from 'fast-check';
import { channelMoments, normalize, normalizeGradient } from '../../src/loops/batch-norm';
import { deviation, numbers } from '../support/numbers';
import { batchNormGradientTwin, batchNormTwin } from '../support/twins';

const EPSILON = 1e-5;

test('the passes equal the formulas for any count and number of channels', () => {
  fc.assert(
    fc.property(
      // Of two values alike the deviation is next to nothing, and rounding nearly all of the gradient.
      fc.integer({ min: 4, max: 40 }),
      fc.integer({ min: 1, max: 9 }),
      fc.nat(1000),
      (count, channels, seed) => {
        const [x, dy] = [numbers(count * channels, seed), numbers(count * channels, seed + 1)];
        const [scale, offset] = [numbers(channels, seed + 2), numbers(channels, seed + 3)];
        const [mean, variance] = [new Float32Array(channels), new Float32Array(channels)];
        const y = new Float32Array(x.length);
        channelMoments(x, channels, mean, variance);
        normalize(x, mean, variance, scale, offset, EPSILON, y);
        const forward = batchNormTwin(x, scale, offset, EPSILON);
        expect(deviation(mean, forward.mean)).toBeLessThan(1e-6);
        expect(deviation(variance, forward.variance)).toBeLessThan(1e-6);
        expect(deviation(y, forward.y)).toBeLessThan(1e-4);

        const [dx, dScale, dOffset] = [
          new Float32Array(x.length),
          new Float32Array(channels),
          new Float32Array(channels),
        ];
        normalizeGradient(dy, x, scale, mean, variance, EPSILON, dx, dScale, dOffset);
        const backward = batchNormGradientTwin(dy, x, scale, EPSILON);
        expect(deviation(dx, backward.dx)).toBeLessThan(1e-4);
        expect(deviation(dScale, backward.dScale)).toBeLessThan(1e-4);
        expect(deviation(dOffset, backward.dOffset)).toBeLessThan(1e-5);
      },
    ),
  );
});

test('the variance keeps its digits far away from zero', () => {
  const x = numbers(2000, 1).map((v) => v + 1000);
  const [mean, variance] = [new Float32Array(1), new Float32Array(1)];
  channelMoments(x, 1, mean, variance);
  expect(deviation(variance, batchNormTwin(x, [1], [0], 0).variance)).toBeLessThan(1e-6);
});
