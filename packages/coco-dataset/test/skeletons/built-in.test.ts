import { readFileSync } from 'node:fs';
import * as cocoDataset from '../../src/index';
import { defineSkeleton } from '../../src/skeletons/define-skeleton';
import type { Skeleton } from '../../src/skeletons/skeleton';
import { goldenFile } from '../golden-file';

const BUILT_IN = Object.entries(cocoDataset)
  .filter(([name]) => name.endsWith('_SKELETON'))
  .map(([, skeleton]) => skeleton as Skeleton);

test('there are seven, with as many keypoints as their data sets', () => {
  const counts = Object.fromEntries(BUILT_IN.map(({ name, keypoints }) => [name, keypoints.length]));
  expect(counts).toEqual({
    coco: 17,
    'openpose-18': 18,
    crowdpose: 14,
    mpii: 16,
    aic: 14,
    'halpe-26': 26,
    'coco-wholebody': 133,
  });
});

describe.each(BUILT_IN.map((skeleton) => [skeleton.name, skeleton] as const))('%s', (_, skeleton) => {
  const { keypoints, flipPairs, limbs, sigmas, upperBody, lowerBody } = skeleton;

  test('passes the checks of defineSkeleton and is frozen', () => {
    expect(defineSkeleton(skeleton)).toEqual(skeleton);
    for (const part of [skeleton, keypoints, flipPairs, ...flipPairs, limbs, ...limbs, sigmas, upperBody, lowerBody]) {
      expect(Object.isFrozen(part)).toBe(true);
    }
  });

  test('every keypoint with a side has its partner', () => {
    const partner = new Map(flipPairs.flatMap(([a, b]) => [[a, b] as const, [b, a] as const]));
    keypoints.forEach((name, k) => {
      const other = name.replace(/^(left|right)_/, (_, side: string) => (side === 'left' ? 'right_' : 'left_'));
      if (other !== name) expect(keypoints[partner.get(k) as number]).toBe(other);
    });
  });

  test('limbs are the same after mirroring', () => {
    const mirror = keypoints.map((_, k) => k);
    for (const [a, b] of flipPairs) [mirror[a], mirror[b]] = [b, a];
    const joined = (pairs: typeof limbs) => pairs.map(([a, b]) => (a < b ? `${a}-${b}` : `${b}-${a}`)).sort();
    expect(joined(limbs.map(([a, b]) => [mirror[a], mirror[b]]))).toEqual(joined(limbs));
  });

  test('keypoints that a pair mirrors are on the same half of the body', () => {
    for (const half of [upperBody, lowerBody]) {
      for (const [a, b] of flipPairs) expect(half.includes(a)).toBe(half.includes(b));
    }
  });
});

test('the face of COCO-WholeBody mirrors as the 68 keypoints of iBUG 300-W do', () => {
  const { keypoints, flipPairs } = cocoDataset.COCO_WHOLEBODY_SKELETON;
  const face = flipPairs.map(([a, b]) => `${keypoints[a]} ${keypoints[b]}`).filter((pair) => pair.startsWith('face'));
  const published =
    '0-16 1-15 2-14 3-13 4-12 5-11 6-10 7-9 17-26 18-25 19-24 20-23 21-22 31-35 32-34 36-45 37-44 38-43 39-42 40-47 ' +
    '41-46 48-54 49-53 50-52 55-59 56-58 60-64 61-63 65-67';
  expect(face).toEqual(published.split(' ').map((pair) => pair.replace(/(\d+)-(\d+)/, 'face-$1 face-$2')));
});

test('the limbs of the hands of COCO-WholeBody go from the wrist along the fingers', () => {
  const { keypoints, limbs } = cocoDataset.COCO_WHOLEBODY_SKELETON;
  const names = limbs.map(([a, b]) => `${keypoints[a]} ${keypoints[b]}`);
  expect(limbs).toHaveLength(19 + 6 + 40);
  expect(names.slice(25, 30)).toEqual([
    'left_wrist left_thumb1',
    'left_thumb1 left_thumb2',
    'left_thumb2 left_thumb3',
    'left_thumb3 left_thumb4',
    'left_wrist left_forefinger1',
  ]);
  expect(names[64]).toBe('right_pinky_finger3 right_pinky_finger4');
});

test.each([
  ['crowdpose-14', cocoDataset.CROWDPOSE_SKELETON],
  ['aic-14', cocoDataset.AIC_SKELETON],
])('sigmas are those of the published evaluation of %s', (folder, skeleton) => {
  const { params } = JSON.parse(readFileSync(goldenFile(`${folder}/expected.json`), 'utf8')) as {
    params: { sigmas: number[] };
  };
  expect(skeleton.sigmas).toEqual(params.sigmas);
});
