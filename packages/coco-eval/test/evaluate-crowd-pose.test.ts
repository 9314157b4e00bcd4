import { dirname, join } from 'node:path';
import {
  evaluateCrowdPose,
  type CocoKeypointResult,
  type CrowdPoseGroundTruth,
  type CrowdPoseStats,
} from '../src/index';
import { filesBelow, GOLDEN, readJson } from './golden';

const cases = filesBelow(join(GOLDEN, 'coco-eval'))
  .filter((file) => file.endsWith('expected.json'))
  .map((file) => ({ file, ...readJson<{ keypointsCrowd?: { stats: CrowdPoseStats } }>(file) }))
  .flatMap(({ file, keypointsCrowd }) => (keypointsCrowd ? [{ folder: dirname(file), ...keypointsCrowd }] : []));
const [{ folder }] = cases;
const groundTruth = readJson<CrowdPoseGroundTruth>(join(folder, 'gt.json'));
const detections = readJson<CocoKeypointResult[]>(join(folder, 'dt.json'));

test.each(cases)('equal to xtcocotools with keypoints_crowd: $folder', ({ folder, stats }) => {
  const gt = readJson<CrowdPoseGroundTruth>(join(folder, 'gt.json'));
  expect(evaluateCrowdPose(gt, readJson<CocoKeypointResult[]>(join(folder, 'dt.json')))).toEqual(stats);
});

test('an area in the file is not read, and none is needed', () => {
  const withArea = (area: number | undefined): CrowdPoseGroundTruth => ({
    ...groundTruth,
    annotations: groundTruth.annotations.map((person) => ({ ...person, area })),
  });
  const stats = evaluateCrowdPose(groundTruth, detections);
  expect(evaluateCrowdPose(withArea(1), detections)).toEqual(stats);
  expect(evaluateCrowdPose(withArea(undefined), detections)).toEqual(stats);
});

test('each split is that of its crowd indices: below 0.2, below 0.8, the rest', () => {
  const crowded = (crowdIndex: number): CrowdPoseGroundTruth => ({
    ...groundTruth,
    images: groundTruth.images.map((image) => ({ ...image, crowdIndex })),
  });
  const { AP } = evaluateCrowdPose(groundTruth, detections);
  const rounded = Math.round(AP * 1e4) / 1e4;
  const splitsAt = (crowdIndex: number): number[] => {
    const { APeasy, APmedium, APhard } = evaluateCrowdPose(crowded(crowdIndex), detections);
    return [APeasy, APmedium, APhard];
  };
  expect(rounded).toBeGreaterThan(0.5);
  expect(splitsAt(0.19)).toEqual([rounded, -1, -1]);
  expect(splitsAt(0.2)).toEqual([-1, rounded, -1]);
  expect(splitsAt(0.79)).toEqual([-1, rounded, -1]);
  expect(splitsAt(0.8)).toEqual([-1, -1, rounded]);
});

test('detections without a third value above 0 are not there', () => {
  const best = detections.map((result) => ({ ...result, score: 1 - result.score }));
  const unseen = detections.map((result) => ({
    ...result,
    score: 2,
    keypoints: Array.from(result.keypoints, (value, i) => (i % 3 === 2 ? 0 : 0 * value)),
  }));
  expect(evaluateCrowdPose(groundTruth, [...unseen, ...best])).toEqual(evaluateCrowdPose(groundTruth, best));
});

test('what is wrong is named', () => {
  const broken = (change: object) => () =>
    evaluateCrowdPose({ ...groundTruth, ...change } as CrowdPoseGroundTruth, detections);
  const [image, ...images] = groundTruth.images;
  const [person] = groundTruth.annotations;
  expect(broken({ images: [{ id: image.id }, ...images] })).toThrow(/^images\[0\]\.crowdIndex: expected a number/);
  expect(broken({ annotations: [{ ...person, bbox: [1, 2] }] })).toThrow(
    /^annotations\[0\]\.bbox: expected a list of 4/,
  );
  expect(broken({ annotations: undefined })).toThrow('annotations: expected a list, found nothing');
  const second = [detections[0], { ...detections[0], score: NaN }];
  const unseen = { ...detections[0], keypoints: Array.from(detections[0].keypoints, () => 0) };
  expect(() => evaluateCrowdPose(groundTruth, [unseen, ...second])).toThrow('[2].score: expected a finite number');
  expect(() => evaluateCrowdPose(groundTruth, null as never)).toThrow('the detections: expected a list of results');
  expect(evaluateCrowdPose(groundTruth, [unseen]).AP).toBe(0);
  const noTriplets = [{ ...detections[0], keypoints: undefined }] as unknown as CocoKeypointResult[];
  expect(() => evaluateCrowdPose(groundTruth, noTriplets)).toThrow(/^\[0\]\.keypoints: expected a list of/);
});
