import fc from 'fast-check';
import { type Affine, AugmentError, invertAffine, transformKeypoints, transformPoint } from '../src';

const coordinate = fc.double({ min: -1000, max: 1000, noNaN: true });

describe('invertAffine(matrix)', () => {
  test('undoes a rotation with scaling and shift', () => {
    const angle = fc.double({ min: -Math.PI, max: Math.PI, noNaN: true });
    const scale = fc.double({ min: 0.01, max: 100, noNaN: true });
    fc.assert(
      fc.property(angle, scale, coordinate, coordinate, coordinate, coordinate, (t, s, c, f, x, y) => {
        const matrix: Affine = [s * Math.cos(t), s * Math.sin(t), c, -s * Math.sin(t), s * Math.cos(t), f];
        const [backX, backY] = transformPoint(transformPoint([x, y], matrix), invertAffine(matrix));
        expect(Math.hypot(backX - x, backY - y)).toBeLessThan(1e-7);
      }),
    );
  });

  test('refuses a matrix that cannot be inverted', () => {
    expect(() => invertAffine([1, 2, 0, 2, 4, 0])).toThrow(
      'Expected a matrix that can be inverted but received [1, 2, 0, 2, 4, 0]',
    );
    expect(() => invertAffine([1, 0, NaN, 0, 1, 0])).toThrow(AugmentError);
  });
});

describe('transformKeypoints(keypoints, matrix)', () => {
  test('moves labelled keypoints, keeps their visibility, and clears the others', () => {
    expect(transformKeypoints([1, 2, 2, 5, 5, 0, -3, 0, 1], [2, 0, 1, 0, 3, -1])).toEqual([
      3, 5, 2, 0, 0, 0, -5, -1, 1,
    ]);
  });

  test('does not look at the position of a keypoint that is not labelled', () => {
    expect(transformKeypoints([NaN, NaN, 0], [1, 0, 0, 0, 1, 0])).toEqual([0, 0, 0]);
  });

  test('refuses pairs and labelled keypoints without position', () => {
    expect(() => transformKeypoints([1, 2], [1, 0, 0, 0, 1, 0])).toThrow(
      'Expected keypoints as triplets [x, y, v, ...] but received 2 numbers',
    );
    expect(() => transformKeypoints([0, 0, 0, NaN, 2, 1], [1, 0, 0, 0, 1, 0])).toThrow(
      'Expected finite [x, y, v >= 0] for keypoint 1 but received [NaN, 2, 1]',
    );
  });
});
