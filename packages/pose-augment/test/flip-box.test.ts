import fc from 'fast-check';
import { AugmentError, flipBox, flipPoint } from '../src';

const quarters = (min: number, max: number) => fc.integer({ min: 4 * min, max: 4 * max }).map((n) => n / 4);
const width = fc.integer({ min: 1, max: 4000 });

describe('flipBox(box, imageWidth)', () => {
  test('turns the right side into the left one, between pixel centres', () => {
    expect(flipBox([0, 7, 9, 5], 10)).toEqual([0, 7, 9, 5]);
    expect(flipBox([2, 7, 3, 5], 10)).toEqual([4, 7, 3, 5]);
  });

  test('twice is the identity', () => {
    const box = fc.tuple(quarters(-500, 500), quarters(-500, 500), quarters(0, 500), quarters(0, 500));
    fc.assert(fc.property(box, width, (given, w) => expect(flipBox(flipBox(given, w), w)).toEqual(given)));
  });

  test('moves the middle of the box as flipPoint does', () => {
    const [x, y, w, h] = flipBox([20, 10, 30, 40], 100);
    expect([x + w / 2, y + h / 2]).toEqual(flipPoint([35, 30], 100));
  });

  test('refuses boxes turned inside out and widths that are none', () => {
    expect(() => flipBox([0, 0, -1, 1], 10)).toThrow('without negative sides');
    expect(() => flipBox([0, 0, 1, 1], 0)).toThrow('Expected a positive number for imageWidth but received 0');
  });
});

describe('flipPoint(point, imageWidth)', () => {
  test('twice is the identity', () => {
    const point = fc.tuple(quarters(-500, 500), quarters(-500, 500));
    fc.assert(fc.property(point, width, (given, w) => expect(flipPoint(flipPoint(given, w), w)).toEqual(given)));
  });

  test('refuses NaN', () => {
    expect(() => flipPoint([NaN, 0], 10)).toThrow(AugmentError);
  });
});
