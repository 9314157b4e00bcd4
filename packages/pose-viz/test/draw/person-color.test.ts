import { personColor, VizError } from '../../src';
import { SIDE_COLORS } from '../../src/draw/skeleton-colors';
import { difference, VISION } from './lab';

const COLORS = Array.from({ length: 10 }, (_, id) => personColor(id));

test('personColor(id) has ten colours, which come again', () => {
  expect(new Set(COLORS.map(String)).size).toBe(10);
  expect(Array.from({ length: 10 }, (_, i) => personColor(i + 70))).toEqual(COLORS);
});

test.each([
  ['usual', 28],
  ['protanopia', 10],
  ['deuteranopia', 10],
])('in %s vision all are at least %p apart in CIELAB, and so from the sides’ colours', (vision, least) => {
  const all = [...COLORS, ...Object.values(SIDE_COLORS)];
  all.forEach((color, i) => {
    for (const other of all.slice(0, i)) expect(difference(color, other, VISION[vision])).toBeGreaterThan(least);
  });
});

test.each([-1, 1.5, NaN, 2 ** 53])('personColor(%p) throws', (id) => {
  expect(() => personColor(id)).toThrow(new VizError(`personColor: expected a whole number from 0 on, found ${id}`));
});
