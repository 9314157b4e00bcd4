import { SIDE_COLORS } from '../../src/draw/skeleton-colors';
import { difference, lab, VISION } from './lab';

const { left, right, center } = SIDE_COLORS;

test.each(Object.entries(VISION))('left, right and centre are far apart in %s vision', (_, vision) => {
  expect(difference(left, right, vision)).toBeGreaterThan(80);
  expect(difference(left, center, vision)).toBeGreaterThan(45);
  expect(difference(right, center, vision)).toBeGreaterThan(45);
});

test('left, right and centre are told apart by lightness alone', () => {
  const [dark, middle, light] = [left, right, center].map((color) => lab(color)[0]);
  expect(middle - dark).toBeGreaterThan(15);
  expect(light - middle).toBeGreaterThan(15);
});
