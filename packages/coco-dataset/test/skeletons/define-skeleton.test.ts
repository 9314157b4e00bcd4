import fc from 'fast-check';
import { DatasetError } from '../../src/dataset-error';
import { defineSkeleton } from '../../src/skeletons/define-skeleton';
import type { Skeleton } from '../../src/skeletons/skeleton';

const HAND: Skeleton = {
  name: 'two hands',
  keypoints: ['left_hand', 'right_hand', 'chin'],
  flipPairs: [[0, 1]],
  limbs: [
    [0, 2],
    [1, 2],
  ],
  sigmas: [0.05, 0.05, 0.02],
  upperBody: [0, 1, 2],
  lowerBody: [],
};

test('defineSkeleton(definition) is a frozen copy', () => {
  const definition = structuredClone(HAND);
  const skeleton = defineSkeleton(definition);
  expect(skeleton).toEqual(HAND);
  (definition.limbs as [number, number][])[0][0] = 9;
  expect(skeleton).toEqual(HAND);
  expect(() => (skeleton.sigmas as number[]).push(1)).toThrow(TypeError);
});

test.each<[Partial<Record<keyof Skeleton, unknown>>, string]>([
  [{ name: '' }, 'skeleton: name: expected a text that is not empty, found ""'],
  [{ keypoints: [] }, 'keypoints: expected at least one name, found none'],
  [{ keypoints: 'nose' }, 'keypoints: expected the names of the keypoints, found "nose"'],
  [{ keypoints: ['a', '', 'c'] }, 'keypoints[1]: expected a text that is not empty, found ""'],
  [{ keypoints: ['a', 'b', 'a'] }, 'keypoints[2]: expected a name of its own, found "a" again'],
  [{ flipPairs: [[0, 3]] }, 'flipPairs[0]: expected two different indices from 0 to 2, found [0,3]'],
  [{ flipPairs: [[1, 1]] }, 'flipPairs[0]: expected two different indices from 0 to 2, found [1,1]'],
  [{ flipPairs: [[0, 1, 2]] }, 'flipPairs[0]: expected two different indices from 0 to 2, found [0,1,2]'],
  [
    {
      flipPairs: [
        [0, 1],
        [2, 1],
      ],
    },
    'flipPairs[1]: expected keypoints that are in no other pair, found 1 (right_hand) again',
  ],
  [{ flipPairs: [] }, 'flipPairs: expected a pair [0, 1] of left_hand and right_hand, found no pair with it'],
  [
    { flipPairs: [[0, 2]] },
    'flipPairs: expected a pair [0, 1] of left_hand and right_hand, found left_hand in a pair with chin',
  ],
  [{ limbs: [[0, -1]] }, 'limbs[0]: expected two different indices from 0 to 2, found [0,-1]'],
  [{ limbs: [[0, 1.5]] }, 'limbs[0]: expected two different indices from 0 to 2, found [0,1.5]'],
  [
    {
      limbs: [
        [0, 2],
        [2, 0],
      ],
    },
    'limbs[1]: expected keypoints that no other limb joins, found those of limbs[0] again',
  ],
  [{ sigmas: [0.1, 0.1] }, 'sigmas: expected 3 numbers, one for each keypoint, found 2'],
  [{ sigmas: [0.1, 0, 0.1] }, 'sigmas[1]: expected a number above 0, found 0'],
  [{ sigmas: [0.1, 0.1, NaN] }, 'sigmas[2]: expected a number above 0, found NaN'],
  [{ upperBody: [3] }, 'upperBody[0]: expected an index from 0 to 2, found 3'],
  [{ upperBody: [1, 1] }, 'upperBody[1]: expected a keypoint that is not listed, found 1 again'],
  [{ lowerBody: [1] }, 'lowerBody[0]: expected a keypoint that is not in upperBody, found 1 (right_hand)'],
])('defineSkeleton refuses %j', (change, message) => {
  const prefix = message.startsWith('skeleton') ? '' : 'skeleton "two hands": ';
  expect(() => defineSkeleton({ ...HAND, ...change } as Skeleton)).toThrow(new DatasetError(prefix + message));
});

test('mirroring by the pairs of any skeleton twice changes nothing', () => {
  const skeletons = fc
    .tuple(fc.integer({ min: 1, max: 12 }), fc.array(fc.tuple(fc.nat(11), fc.nat(11)), { maxLength: 5 }))
    .map(([count, flipPairs]) => ({ ...HAND, keypoints: Array.from({ length: count }, (_, k) => `k${k}`), flipPairs }));
  let accepted = 0;
  fc.assert(
    fc.property(skeletons, (drawn) => {
      const count = drawn.keypoints.length;
      const definition = { ...drawn, limbs: [], sigmas: drawn.keypoints.map(() => 0.1), upperBody: [] };
      const used = definition.flipPairs.flat();
      const proper = new Set(used).size === used.length && used.every((k) => k < count);
      if (!proper) {
        expect(() => defineSkeleton(definition)).toThrow(DatasetError);
        return;
      }
      accepted++;
      const mirror = (row: string[]): string[] => {
        const copy = [...row];
        for (const [a, b] of defineSkeleton(definition).flipPairs) [copy[a], copy[b]] = [row[b], row[a]];
        return copy;
      };
      expect(mirror(mirror(definition.keypoints))).toEqual(definition.keypoints);
    }),
    { numRuns: 500 },
  );
  expect(accepted).toBeGreaterThan(20);
});
