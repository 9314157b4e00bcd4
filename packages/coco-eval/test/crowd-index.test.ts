import { dirname, join } from 'node:path';
import { type CocoGroundTruth, CocoEvalError, crowdIndex } from '../src/index';
import { filesBelow, GOLDEN, readJson } from './golden';

/** Images of CrowdPose with their published index, and the people in them. */
const images = filesBelow(join(GOLDEN, 'coco-eval'))
  .filter((file) => file.endsWith('gt.json') && dirname(file).includes('crowdpose'))
  .flatMap((file) => {
    const { images, annotations } = readJson<CocoGroundTruth>(file);
    return images.map((image) => ({
      id: image.id,
      published: (image as unknown as { crowdIndex: number }).crowdIndex,
      people: annotations.filter((annotation) => annotation.image_id === image.id),
    }));
  });

test.each(images)(
  'crowdIndex equals what CrowdPose publishes, which is rounded: image $id',
  ({ people, published }) => {
    expect(Math.round(100 * crowdIndex(people)) / 100).toBe(published);
  },
);

test('there are golden images', () => {
  expect(images.length).toBeGreaterThan(0);
});

test("crowdIndex(people) is the mean share of others' keypoints in each box, edges included", () => {
  const one = { bbox: [0, 0, 10, 10], keypoints: [1, 1, 2, 2, 2, 1, 99, 99, 2, 5, 5, 0] }; // 3 of its own
  const other = { bbox: [10, 10, 20, 20], keypoints: [10, 10, 2, 20, 20, 2, 5, 5, 0, 30, 31, 1] };
  expect(crowdIndex([one, other])).toBeCloseTo((1 / 3 + 0) / 2, 15);
  const unlabelled = { bbox: [0, 0, 99, 99], keypoints: [50, 50, 0] };
  expect(crowdIndex([one, other, unlabelled])).toBe(crowdIndex([one, other]));
  expect(crowdIndex([one, one])).toBe(2 / 3);
});

test('crowdIndex of nobody, of one, and of nobody labelled is 0', () => {
  const person = { bbox: [0, 0, 10, 10], keypoints: [1, 1, 2] };
  expect(crowdIndex([])).toBe(0);
  expect(crowdIndex([person])).toBe(0);
  expect(crowdIndex([{ ...person, keypoints: [1, 1, 0] }])).toBe(0);
});

const bbox = [0, 0, 1, 1];

test.each<[string, () => unknown, string]>([
  ['keypoints', () => crowdIndex([{ bbox, keypoints: [1, 2] }]), '[0].keypoints: expected triplets [x, y, v]'],
  ['numbers', () => crowdIndex([{ bbox, keypoints: [1, NaN, 2] }]), '[0].keypoints[1]: expected a finite number'],
  ['box', () => crowdIndex([{ bbox: [0, 0, 1], keypoints: [] }]), '[0].bbox: expected a list of 4 numbers'],
  ['width', () => crowdIndex([{ bbox: [0, 0, -1, 1], keypoints: [] }]), '[0].bbox[2]: expected a width of at least 0'],
])('crowdIndex names a fault of its %s', (_, call, message) => {
  expect(call).toThrow(CocoEvalError);
  expect(call).toThrow(message);
});
