import * as tf from '@tensorflow/tfjs-core';
import { confidenceMaps, partAffinityFields } from '@pose/heatmap-targets';
import { COCO_SKELETON, OPENPOSE_SKELETON } from '@pose/coco-dataset';
import { OPENPOSE_GROUPING, openPoseToCoco } from '@pose/pose-decode';
import { createPredictor } from '../src';
import { testEngine } from './engine';
import { constantNetwork } from './networks';

const EDGE = 160;
const GRID = EDGE / 8;
/** Two people of OpenPose's 18 keypoints, input pixels: x of the body's middle, then each keypoint from there. */
const FORM = [[0, 20], [0, 42], [-14, 43], [-18, 60], [-22, 77], [14, 42], [19, 61], [23, 76], [-9, 82], [-10, 108], [-11, 134], [9, 83], [11, 107], [12, 133], [-4, 15], [4, 16], [-8, 18], [8, 19]]; // prettier-ignore
const PEOPLE = [45, 113].map((middle) => FORM.flatMap(([x, y]) => [middle + x, y, 2]));

/** Fields and heatmaps of these people, for every image. */
function network(people: number[][] = PEOPLE) {
  const frame = { inputSize: [EDGE, EDGE] as const, heatmapSize: [GRID, GRID] as const };
  const fields = partAffinityFields(people, { ...frame, limbs: OPENPOSE_GROUPING.limbs });
  const heatmaps = confidenceMaps(people, { ...frame, keypointCount: 18 });
  return constantNetwork([EDGE, EDGE], [fields, heatmaps].map((values) => ({ values, shape: [GRID, GRID, values.length / GRID ** 2] }))); // prettier-ignore
}

const blank = (width: number, height: number) =>
  ({ data: new Uint8Array(3 * width * height), width, height, channels: 3 }) as const;

beforeAll(testEngine);

test.each([
  ['COCO', true],
  ['OpenPose', false],
])('people of images of any shape, in image pixels, with the keypoints of %s', async (_, toCoco) => {
  const model = network();
  const { keypoints: keypointNames } = OPENPOSE_SKELETON;
  const predictor = createPredictor({ kind: 'bottom-up', model, keypointNames, ...OPENPOSE_GROUPING, toCoco, batchSize: 2 }); // prettier-ignore
  expect(predictor).toMatchObject({ kind: 'bottom-up', inputSize: [EDGE, EDGE] });
  expect(predictor.keypointNames).toEqual((toCoco ? COCO_SKELETON : OPENPOSE_SKELETON).keypoints);

  // Scaled by 2, 1 and 1/2, with bars of 40, 0 and 20 pixels left or above.
  const images = [blank(320, 160), blank(160, 160), blank(60, 80)];
  const toImage = [
    [2, 0, -40],
    [1, 0, 0],
    [0.5, -20, 0],
  ];
  const before = tf.memory().numTensors;
  const found = await predictor.predictMany(images.map((image) => ({ image })));
  expect(tf.memory().numTensors).toBe(before);
  found.forEach((people, i) => {
    const [scale, left, above] = toImage[i];
    expect(people).toHaveLength(2);
    const byX = [...people].sort((one, other) => one.keypoints[0] - other.keypoints[0]);
    byX.forEach(({ keypoints, score, box }, n) => {
      const truth = toCoco ? openPoseToCoco(PEOPLE[n]) : PEOPLE[n];
      expect(keypoints).toHaveLength(truth.length);
      expect(score).toBeGreaterThan(0.5);
      const [xs, ys] = [[] as number[], [] as number[]];
      for (let k = 0; k < truth.length; k += 3) {
        const x = (truth[k] + 0.5 + left) * scale - 0.5;
        const y = (truth[k + 1] + 0.5 + above) * scale - 0.5;
        // Peaks are whole input pixels of maps with 8 of them to a cell.
        expect(Math.hypot(keypoints[k] - x, keypoints[k + 1] - y) / scale).toBeLessThan(2);
        xs.push(keypoints[k]);
        ys.push(keypoints[k + 1]);
      }
      const [left0, top0] = [Math.min(...xs), Math.min(...ys)];
      expect(box).toEqual([left0, top0, Math.max(...xs) - left0, Math.max(...ys) - top0]);
    });
  });
  expect(await predictor.predict(images[2])).toEqual(found[2]);
  predictor.dispose();
  model.dispose();
});

/** The same people in a mirrored image. */
function mirrored(keypoints: readonly number[]): number[] {
  const others = new Map(OPENPOSE_SKELETON.flipPairs.flatMap(([a, b]) => [[a, b], [b, a]] as [number, number][])); // prettier-ignore
  return Array.from({ length: 18 }, (_, k) => 3 * (others.get(k) ?? k)).flatMap((i) => [
    EDGE - 1 - keypoints[i],
    keypoints[i + 1],
    2,
  ]);
}

test('the flip test finds who is in both images, and at half the strength who is in one', async () => {
  const { keypoints: keypointNames, flipPairs } = OPENPOSE_SKELETON;
  const [one, other] = [PEOPLE[0], mirrored(PEOPLE[0])];
  const find = async (people: number[][], flipTest: boolean) => {
    const model = network(people);
    const options = { kind: 'bottom-up' as const, model, keypointNames, ...OPENPOSE_GROUPING, flipPairs, flipTest };
    const predictor = createPredictor(options);
    const found = await predictor.predict(blank(EDGE, EDGE));
    predictor.dispose();
    model.dispose();
    return found.sort((a, b) => a.keypoints[0] - b.keypoints[0]);
  };
  const both = await find([one, other], true);
  expect(both).toHaveLength(2);
  [one, other].forEach((truth, n) => {
    for (let k = 0; k < truth.length; k += 3) {
      const { keypoints } = both[n];
      expect(Math.hypot(keypoints[k] - truth[k], keypoints[k + 1] - truth[k + 1])).toBeLessThan(2);
    }
  });
  // A network that answers alike to the mirrored image saw somebody there who is not in the image.
  const [straight] = await find([one], false);
  const halves = await find([one], true);
  expect(halves).toHaveLength(2);
  halves.forEach(({ keypoints }) => expect(keypoints[2]).toBeCloseTo(straight.keypoints[2] / 2, 2));
});

test('the flip test needs to know which keypoints change places', () => {
  const { keypoints: keypointNames } = OPENPOSE_SKELETON;
  const options = { kind: 'bottom-up' as const, keypointNames, ...OPENPOSE_GROUPING, flipTest: true };
  expect(() => createPredictor({ ...options, model: network() })).toThrow('flipPairs: expected pairs of keypoints');
});

test('takes no boxes, and no line', async () => {
  const model = network();
  const { keypoints: keypointNames } = OPENPOSE_SKELETON;
  const predictor = createPredictor({ kind: 'bottom-up', model, keypointNames, ...OPENPOSE_GROUPING });
  await expect(predictor.predict(blank(160, 160), { boxes: [[0, 0, 9, 9]] })).rejects.toThrow(
    'boxes: expected no boxes and no detector, since a bottom-up network finds people itself. Leave them out.',
  );
  await expect(predictor.predictMany([{ image: blank(9, 9) }, { image: blank(2, 400) }])).rejects.toThrow(
    'items[1].image: expected one whose longer side is at most 160 times the other, found 2x400 pixels.',
  );
});
