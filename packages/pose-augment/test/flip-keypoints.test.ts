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

for (const kind of ['hrnet_fliplr_joints', 'gluon_flip_joints']) {
  parity<Inputs, Expected>(kind, ({ inputs, expected, check }) => {
    const flipped = flipKeypoints(tripletsOf(inputs.joints, inputs.visible), inputs.width, inputs.pairs);
    check('joints', positionsOf(flipped), expected.joints);
    check('visible', visibilitiesOf(flipped), expected.visible);
  });
}

parity<
  { keypoints: number[][]; visible: number[]; image_size: [number, number]; flip_indices: number[] },
  { keypoints: number[][]; visible: number[] }
>('mmpose_flip_keypoints', ({ inputs, expected, check }) => {
  const pairs = inputs.flip_indices
    .map((other, index) => [index, other] as const)
    .filter(([index, other]) => index < other);
  const keypoints = tripletsOf(inputs.keypoints, inputs.visible);
  const flipped = flipKeypoints(keypoints, inputs.image_size[0], pairs, 'mirror');
  check('keypoints', positionsOf(flipped), expected.keypoints);
  check('visible', visibilitiesOf(flipped), expected.visible);
});

function visibilitiesOf(triplets: readonly number[]): number[] {
  return triplets.filter((_, i) => i % 3 === 2);
}

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

  test('moves what is not labelled along with the rest when asked to, if it has a position', () => {
    expect(flipKeypoints([1, 5, 2, 3, 6, 0], 10, [[0, 1]], 'mirror')).toEqual([6, 6, 0, 8, 5, 2]);
    expect(flipKeypoints([1, 5, 2, NaN, NaN, 0], 10, [[0, 1]])).toEqual([0, 0, 0, 8, 5, 2]);
    expect(() => flipKeypoints([1, 5, 2, NaN, NaN, 0], 10, [[0, 1]], 'mirror')).toThrow(AugmentError);
  });

  test('refuses a pair outside of the skeleton', () => {
    expect(() => flipKeypoints([1, 2, 1], 10, [[0, 1]])).toThrow(
      'Expected flip pairs of keypoint indices 0..0 but received [0, 1]',
    );
    expect(() => flipKeypoints([1, 2], 10, [])).toThrow(AugmentError);
  });
});
