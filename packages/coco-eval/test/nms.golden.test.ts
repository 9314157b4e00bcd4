import { join } from 'node:path';
import {
  boxNms,
  boxNmsGroups,
  nearbyJointsNms,
  oksNms,
  personScore,
  type ScoredBox,
  type ScoredPerson,
  softBoxNms,
  softOksNms,
} from '../src/index';
import { filesBelow, GOLDEN, readJson } from './golden';

interface SoftExpected {
  minScore: number;
  keep: number[];
  scores: number[];
}

interface NmsFile {
  scorePerJoint: {
    thr: number;
    persons: { keypoints: number[]; area: number; jointScores: number[] }[];
    expected: { oksNms: number[]; softOksNms: number[] };
  };
  nearbyJointsNms: {
    distThr: number;
    numNearbyJointsThr: number | null;
    maxDets: number;
    persons: { keypoints: number[]; score: number }[];
    expected: number[];
  }[];
  boxes: {
    dets: [number, number, number, number, number][];
    expected: {
      nmsPlusOne: Record<string, number[]>;
      nmsPlain: Record<string, number[]>;
      nmsPlainGroups: Record<string, number[][]>;
      softLinear: SoftExpected & { iouThr: number };
      softGaussian: SoftExpected & { sigma: number };
    };
  }[];
  rescore: { bboxScore: number; keypointScores: number[]; expected: Record<string, number> }[];
}

const files = filesBelow(join(GOLDEN, 'coco-eval'))
  .filter((file) => file.endsWith('nms.json'))
  .map((file) => readJson<NmsFile>(file));

test('there are golden cases of every kind', () => {
  expect(files.length).toBeGreaterThan(0);
  for (const { scorePerJoint, ...lists } of files) {
    expect(scorePerJoint.persons.length).toBeGreaterThan(0);
    for (const list of [lists.nearbyJointsNms, lists.boxes, lists.rescore]) expect(list.length).toBeGreaterThan(0);
  }
});

test.each(files)('oksNms and softOksNms of mean keypoint scores equal mmpose with score_per_joint', (file) => {
  const { persons, thr: threshold, expected } = file.scorePerJoint;
  const people = persons.map(({ keypoints, area, jointScores }): ScoredPerson => {
    return { keypoints, area, score: personScore(0, jointScores, { mode: 'keypoint' }) };
  });
  expect(oksNms(people, { threshold })).toEqual(expected.oksNms);
  expect(softOksNms(people, { threshold }).kept).toEqual(expected.softOksNms);
});

const nearby = files.flatMap(({ nearbyJointsNms }) => nearbyJointsNms);

test.each(nearby)('nearbyJointsNms equals mmpose: distThr $distThr', ({ persons, expected, ...settings }) => {
  const people = persons.map(({ keypoints, score }) => {
    const triplets = keypoints.flatMap((value, i) => (i % 2 === 1 ? [value, score] : [value]));
    return { keypoints: triplets, score };
  });
  const { distThr: distanceThreshold, numNearbyJointsThr, maxDets } = settings;
  const countThreshold = numNearbyJointsThr ?? undefined;
  expect(nearbyJointsNms(people, { distanceThreshold, countThreshold, maxDets })).toEqual(expected);
});

const boxCases = files.flatMap(({ boxes }) => boxes.map((one) => ({ ...one, count: one.dets.length })));

test.each(boxCases)('boxNms and softBoxNms equal HRNet, mmpose and Bodla et al.: $count boxes', (one) => {
  const { nmsPlusOne, nmsPlain, nmsPlainGroups, softLinear, softGaussian } = one.expected;
  const boxes = one.dets.map(([x1, y1, x2, y2, score]): ScoredBox => ({ bbox: [x1, y1, x2 - x1, y2 - y1], score }));
  for (const [threshold, kept] of Object.entries(nmsPlusOne)) {
    expect(boxNms(boxes, { threshold: Number(threshold), pixelInclusive: true })).toEqual(kept);
  }
  for (const [threshold, kept] of Object.entries(nmsPlain)) {
    expect(boxNms(boxes, { threshold: Number(threshold) })).toEqual(kept);
  }
  expect(boxNms(boxes)).toEqual(nmsPlain['0.65']);
  for (const [threshold, groups] of Object.entries(nmsPlainGroups)) {
    expect(boxNmsGroups(boxes, { threshold: Number(threshold) })).toEqual(groups);
  }
  const { sigma } = softGaussian;
  const { iouThr: threshold } = softLinear;
  const linear = softBoxNms(boxes, { method: 'linear', threshold, minScore: softLinear.minScore });
  const gaussian = softBoxNms(boxes, { method: 'gaussian', sigma, minScore: softGaussian.minScore });
  for (const [found, wanted] of [[linear, softLinear] as const, [gaussian, softGaussian] as const]) {
    expect(found.kept).toEqual(wanted.keep);
    expect(found.scores).toHaveLength(wanted.scores.length);
    wanted.scores.forEach((score, i) => expect(Math.abs(found.scores[i] - score)).toBeLessThanOrEqual(1e-12));
  }
});

test.each(files.flatMap(({ rescore }) => rescore))('personScore rescores as mmpose and HRNet: $bboxScore', (one) => {
  for (const [name, score] of Object.entries(one.expected)) {
    const [mode, threshold] = name.split('@');
    const options = { mode, ...(threshold && { keypointThreshold: Number(threshold) }) };
    expect(personScore(one.bboxScore, one.keypointScores, options as Parameters<typeof personScore>[2])).toBe(score);
  }
  expect(personScore(one.bboxScore, one.keypointScores)).toBe(one.expected['bbox_keypoint@0.2']);
});
