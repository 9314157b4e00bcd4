import fc from 'fast-check';
import { argMaxOfBits, argMaxOfNeighbors } from '../../src/heatmaps/arg-max-of-bits';

/** In its own words: the first maximum, or -1 where the bits must not decide. */
function plain(values: readonly number[]): number {
  const isPlain = values.every((value) => Math.abs(value) < 2) && Math.max(...values) > 0;
  return isPlain ? values.indexOf(Math.max(...values)) : -1;
}

const level = fc.oneof(
  { weight: 40, arbitrary: fc.float({ min: -1, max: 1, noNaN: true }) },
  { weight: 20, arbitrary: fc.constantFrom(0, -0, 0.5, 1, Math.fround(1.9999999), -1.5, 1e-40, -1e-40) },
  { weight: 1, arbitrary: fc.constantFrom(NaN, -NaN, Infinity, -Infinity, 2, -2, 3e38) },
);

test('argMaxOfBits(bits, start, step, count) and argMaxOfNeighbors equal their plain twin, any length and step', () => {
  const lists = fc.integer({ min: 1, max: 40 }).chain((count) => {
    const list = fc.array(level, { minLength: count, maxLength: count });
    return fc.tuple(list, list, fc.integer({ min: 2, max: 5 }), fc.integer({ min: 0, max: 3 }));
  });
  fc.assert(
    fc.property(lists, ([one, other, step, start]) => {
      const values = new Float32Array(start + one.length * step).fill(NaN); // between the lists
      one.forEach((value, i) => values.set([value, other[i]], start + i * step));
      const bits = new Int32Array(values.buffer);
      expect(argMaxOfBits(bits, start, step, one.length)).toBe(plain(one));
      expect(argMaxOfBits(bits, start + 1, step, one.length)).toBe(plain(other));
      const places = new Int32Array(3).fill(7);
      argMaxOfNeighbors(bits, start, step, one.length, places, 1);
      // One list that is not between -2 and 2 leaves both undecided.
      const isWithin = [...one, ...other].every((value) => Math.abs(value) < 2);
      expect(Array.from(places)).toEqual([7, ...[one, other].map((list) => (isWithin ? plain(list) : -1))]);
    }),
    { numRuns: 1000 },
  );
});

test('a NaN of either sign, as processors make them, is never passed over', () => {
  for (const bitsOfNaN of [0x7fc00000, 0xffc00000, 0x7f800001, 0xff800001]) {
    const bits = new Int32Array(new Float32Array(16).fill(0.25).buffer);
    bits[5] = bitsOfNaN | 0;
    expect(argMaxOfBits(bits, 0, 1, 16)).toBe(-1);
  }
});
