import fc from 'fast-check';
import { adamStep } from '../../src/loops/adam';
import { deviation, numbers } from '../support/numbers';
import { adamTwin } from '../support/twins';

test('adamStep equals the formula for any hyper-parameters and step, overwriting the moments alone', () => {
  const unit = fc.double({ min: 0, max: 0.999, noNaN: true });
  fc.assert(
    fc.property(unit, unit, fc.integer({ min: 1, max: 10_000 }), fc.nat(1000), (beta1, beta2, step, seed) => {
      const attributes = { learningRate: 0.01, beta1, beta2, epsilon: 1e-8, step };
      const inputs = [0, 1, 2, 3].map((i) => numbers(20, seed + i));
      const [value, gradient, first] = inputs;
      const second = inputs[3].map(Math.abs);
      const next = new Float32Array(20);
      const copies = [value, gradient].map((v) => v.slice());
      const before = {
        value: Float64Array.from(value),
        first: Float64Array.from(first),
        second: Float64Array.from(second),
      };
      adamStep(value, gradient, first, second, attributes, next);
      expect([value, gradient]).toEqual(copies);
      const expected = adamTwin(before, gradient, attributes);
      expect(deviation(first, expected.first)).toBeLessThan(1e-6);
      expect(deviation(second, expected.second)).toBeLessThan(1e-6);
      expect(deviation(next, expected.value)).toBeLessThan(1e-5);
    }),
  );
});
