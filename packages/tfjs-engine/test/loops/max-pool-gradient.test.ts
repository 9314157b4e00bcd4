import fc from 'fast-check';
import { maxPoolGradient } from '../../src/loops/max-pool-gradient';
import { deviation, numbers } from '../support/numbers';
import { maxPoolGradientTwin } from '../support/twins';

test('maxPoolGradient gives each dy to the first maximum of its window, ties and padding included', () => {
  const size = fc.integer({ min: 3, max: 9 });
  const window = fc.integer({ min: 1, max: 3 });
  fc.assert(
    fc.property(
      size,
      size,
      window,
      window,
      fc.nat(1),
      fc.nat(1000),
      (inHeight, inWidth, filter, stride, wanted, seed) => {
        const pad = Math.min(wanted, filter - 1);
        const [outHeight, outWidth] = [inHeight, inWidth].map((n) => Math.floor((n + 2 * pad - filter) / stride) + 1);
        const x = numbers(2 * inHeight * inWidth * 3, seed).map((v) => Math.round(v * 2) - 5);
        const dy = numbers(2 * outHeight * outWidth * 3, seed + 1);
        const dx = new Float32Array(x.length);
        const sizes = { batchSize: 2, inHeight, inWidth, inChannels: 3, outHeight, outWidth };
        const windows = { filterHeight: filter, filterWidth: filter, strideHeight: stride, strideWidth: stride };
        maxPoolGradient(dy, x, { ...sizes, ...windows, padTop: pad, padLeft: pad }, dx);
        const expected = maxPoolGradientTwin(
          dy,
          x,
          [2, inHeight, inWidth, 3],
          [2, outHeight, outWidth],
          filter,
          stride,
          pad,
        );
        expect(deviation(dx, expected)).toBeLessThan(1e-6);
      },
    ),
  );
});
