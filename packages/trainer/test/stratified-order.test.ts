import fc from 'fast-check';
import { shuffledOrder } from '../src/data/shuffled-order';
import { stratifiedOrder } from '../src/sampler/stratified-order';

const byValue = (values: Iterable<number>): number[] => [...values].sort((a, b) => a - b);

test('every stretch of a stratifiedOrder holds the strata in their shares, give or take one sample', () => {
  const count = 1000;
  const index = Float32Array.from({ length: count }, (_, place) => (2 * place) / (count - 1) - 1);
  const order = stratifiedOrder(shuffledOrder(count, 3, 0), index, 0.3, 0.3);
  for (let start = 0; start < count; start += 10) {
    const batch = [...order.subarray(start, start + 10)];
    const easy = batch.filter((place) => place < 300).length;
    const hard = batch.filter((place) => place >= 700).length;
    expect([2, 3, 4]).toContain(easy);
    expect([2, 3, 4]).toContain(hard);
    expect([3, 4, 5]).toContain(10 - easy - hard);
  }
});

test('stratifiedOrder holds each place once, and each stratum in the given order', () => {
  const given = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 1, maxLength: 80 });
  const percents = fc.integer({ min: 1, max: 50 });
  fc.assert(
    fc.property(given, percents, percents, fc.nat(1000), (thousandths, easy, hard, seed) => {
      const index = Float32Array.from(thousandths, (value) => value / 1000);
      const places = shuffledOrder(index.length, seed, 0).filter((place) => place % 5 !== 2);
      const order = [...stratifiedOrder(places, index, easy / 100, hard / 100)];
      expect(byValue(order)).toEqual(byValue(places));
      const position = (place: number): number => places.indexOf(place);
      const ranked = [...places].sort((a, b) => thousandths[a] - thousandths[b] || position(a) - position(b));
      const firstMedium = Math.round((places.length * easy) / 100);
      const firstHard = places.length - Math.min(Math.round((places.length * hard) / 100), places.length - firstMedium);
      for (const stratum of [
        ranked.slice(0, firstMedium),
        ranked.slice(firstMedium, firstHard),
        ranked.slice(firstHard),
      ]) {
        const kept = order.filter((place) => stratum.includes(place));
        expect(kept).toEqual(stratum.sort((a, b) => position(a) - position(b)));
      }
    }),
  );
});

test('without differences in index it is a shuffle: no place is preferred', () => {
  const counts = Array.from({ length: 5 }, () => [0, 0, 0, 0, 0]);
  for (let epoch = 0; epoch < 5000; epoch++) {
    const order = stratifiedOrder(shuffledOrder(5, 0, epoch), new Float32Array(5), 0.3, 0.3);
    order.forEach((place, position) => counts[place][position]++);
  }
  // Standard deviation sqrt(5000 * 1/5 * 4/5) = 28: five of them on each side.
  for (const count of counts.flat()) expect(Math.abs(count - 1000)).toBeLessThan(142);
});

test('of no places it makes no order', () => {
  expect(stratifiedOrder(new Uint32Array(0), new Float32Array(3), 0.3, 0.3)).toHaveLength(0);
});
