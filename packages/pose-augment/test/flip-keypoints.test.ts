import fc from 'fast-check';
import { AugmentError, flipKeypoints } from '../src';
import { parity, positionsOf, tripletsOf } from './golden';

interface Inputs {
  joints: number[][];
  visible: number[];
  width: number;
  pairs: [number, number][];
}
interface Expected {
  joints: number[][];
  visible: number[];
}

parity<Inputs, Expected>('hrnet_fliplr_joints', ({ inputs, expected, check }) => {
  const flipped = flipKeypoints(tripletsOf(inputs.joints, inputs.visible), inputs.width, inputs.pairs);
  check('joints', positionsOf(flipped), expected.joints);
  check(
    'visible',
    flipped.filter((_, i) => i % 3 === 2),
    expected.visible,
  );
});

describe('flipKeypoints(keypoints, imageWidth, flipPairs)', () => {
  test('mirrors x, swaps left and right, and clears what is not labelled', () => {
    expect(flipKeypoints([1, 5, 2, 3, 6, 1, 8, 7, 0], 10, [[1, 2]])).toEqual([8, 5, 2, 0, 0, 0, 6, 6, 1]);
  });

  test('twice is the identity on labelled keypoints', () => {
    const triplet = fc.tuple(fc.integer({ min: 0, max: 639 }), fc.integer({ min: 0, max: 479 }), fc.constantFrom(1, 2));
    fc.assert(
      fc.property(fc.array(triplet, { minLength: 5, maxLength: 5 }), (triplets) => {
        const keypoints = triplets.flat();
        const pairs = [
          [1, 2],
          [3, 4],
        ] as const;
        expect(flipKeypoints(flipKeypoints(keypoints, 640, pairs), 640, pairs)).toEqual(keypoints);
      }),
    );
  });

  test('refuses a pair outside of the skeleton', () => {
    expect(() => flipKeypoints([1, 2, 1], 10, [[0, 1]])).toThrow(
      'Expected flip pairs of keypoint indices 0..0 but received [0, 1]',
    );
    expect(() => flipKeypoints([1, 2], 10, [])).toThrow(AugmentError);
  });
});
