import fc from 'fast-check';
import { AugmentError, flipSample, startSample } from '../src';

const quarters = (min: number, max: number) => fc.integer({ min: 4 * min, max: 4 * max }).map((n) => n / 4);
const PAIRS = [
  [1, 2],
  [3, 4],
] as const;

describe('flipSample(sample, flipPairs)', () => {
  const sample = {
    ...startSample({ center: [30, 40], scale: [1, 2], keypoints: [1, 5, 2], imageWidth: 100 }),
    rotation: 9,
  };

  test('mirrors centre, keypoints and box, keeps size and rotation, and whatever else the sample has', () => {
    expect(flipSample({ ...sample, box: [10, 20, 30, 40] as const, id: 7 }, [])).toEqual({
      center: [69, 40],
      scale: [1, 2],
      keypoints: [98, 5, 2],
      imageWidth: 100,
      rotation: 9,
      flipped: true,
      box: [59, 20, 30, 40],
      id: 7,
    });
    expect('box' in flipSample(sample, [])).toBe(false);
  });

  test('twice is the identity', () => {
    const triplet = fc
      .tuple(quarters(-10, 640), quarters(-10, 480), fc.constantFrom(0, 1, 2))
      .map(([x, y, v]) => (v === 0 ? [0, 0, 0] : [x, y, v]));
    const person = fc.record({
      center: fc.tuple(quarters(0, 640), quarters(0, 480)),
      scale: fc.tuple(quarters(1, 5), quarters(1, 5)),
      keypoints: fc.array(triplet, { minLength: 5, maxLength: 5 }).map((triplets) => triplets.flat()),
      imageWidth: fc.integer({ min: 1, max: 4000 }),
      box: fc.tuple(quarters(0, 640), quarters(0, 480), quarters(0, 99), quarters(0, 99)),
    });
    fc.assert(
      fc.property(person, (given) => {
        const start = startSample(given);
        expect(flipSample(flipSample(start, PAIRS), PAIRS)).toEqual(start);
      }),
    );
  });

  test('refuses pairs of keypoints that are not there', () => {
    expect(() => flipSample(sample, [[0, 1]])).toThrow(AugmentError);
  });
});
