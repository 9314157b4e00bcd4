import * as tf from '@tensorflow/tfjs-core';
import { createPredictor, type Person, type PersonBox, type Predictor, type TopDownOptions } from '../src';
import { testEngine } from './engine';
import { colourNetwork, SHARES } from './networks';
import { colouredDiscs } from './pictures';

const NAMES = ['head', 'left_hand', 'right_hand'];
type Points = [number, number][];
const ANNA: Points = [[70, 40], [50, 90], [92, 97]]; // prettier-ignore
const BERT: Points = [[220, 52], [203, 118], [243, 104]]; // prettier-ignore
const BOXES: PersonBox[] = [
  [35, 20, 75, 100],
  [185, 30, 75, 110],
];
const IMAGE = colouredDiscs([300, 160], [ANNA, BERT]);

const made: Predictor[] = [];
function colours(options: Partial<TopDownOptions> = {}): Predictor {
  const model = colourNetwork([96, 128]);
  const predictor = createPredictor({
    model,
    keypointNames: NAMES,
    flipPairs: [],
    normalization: SHARES,
    ...options,
  });
  model.dispose(); // it has a copy
  made.push(predictor);
  return predictor;
}

beforeAll(testEngine);
afterAll(() => made.forEach((predictor) => predictor.dispose()));

/** Largest distance of a person's keypoints from where they are, image pixels. */
function farthest({ keypoints }: Person, truth: Points): number {
  return Math.max(...truth.map(([x, y], k) => Math.hypot(keypoints[3 * k] - x, keypoints[3 * k + 1] - y)));
}

test('finds the keypoints of each box in image pixels', async () => {
  const predictor = colours();
  expect(predictor).toMatchObject({ kind: 'top-down', keypointNames: NAMES, inputSize: [96, 128] });
  const people = await predictor.predict(IMAGE, { boxes: BOXES });
  expect(people.map(({ box }) => box)).toEqual(BOXES);
  // A heatmap pixel is 4 x 1.4 image pixels: half of that is as good as a quarter offset gets.
  expect(farthest(people[0], ANNA)).toBeLessThan(4);
  expect(farthest(people[1], BERT)).toBeLessThan(4);
  for (const { score, keypoints } of people) {
    const scores = [keypoints[2], keypoints[5], keypoints[8]];
    expect(score).toBeCloseTo((scores[0] + scores[1] + scores[2]) / 3, 6);
    expect(score).toBeGreaterThan(0.4);
  }
});

test('several boxes and images in one batch give what each gives alone', async () => {
  const other = colouredDiscs([120, 90], [[[60, 20], [40, 60], [80, 61]]]); // prettier-ignore
  const items = [{ image: IMAGE, boxes: BOXES }, { image: other }, { image: IMAGE, boxes: [] }, { image: IMAGE, boxes: [BOXES[1]] }]; // prettier-ignore
  const together = await colours({ batchSize: 16 }).predictMany(items);
  const small = await colours({ batchSize: 3 }).predictMany(items);
  const one = colours({ batchSize: 1 });
  const alone = [];
  for (const { image, boxes } of items) alone.push(await one.predict(image, { boxes }));
  expect(together.map((people) => people.length)).toEqual([2, 1, 0, 1]);
  for (const found of [small, alone]) {
    found.flat().forEach((person, i) => {
      const expected = together.flat()[i];
      person.keypoints.forEach((value, k) => expect(value).toBeCloseTo(expected.keypoints[k], 4));
      expect(person.box).toEqual(expected.box);
    });
  }
  // Without boxes, the whole image is one.
  expect(together[1][0].box).toEqual([0, 0, 120, 90]);
});

test('a detector finds the boxes, at once or later; who is found twice is left out, the lower scored', async () => {
  const detected = [0.6, 0.9, 0.8].map((score, i) => ({ box: BOXES[Math.min(i, 1)] as never, score }));
  const predictor = colours({ sigmas: [0.1, 0.1, 0.1] });
  const seen: unknown[] = [];
  const people = await predictor.predict(IMAGE, {
    detect: (image) => {
      seen.push(image);
      return detected;
    },
  });
  expect(seen).toEqual([IMAGE]);
  expect(people.map(({ box }) => box)).toEqual([BOXES[0], BOXES[1]]);
  const [plain] = await predictor.predict(IMAGE, { boxes: [BOXES[1]] });
  expect(people[1].score).toBeCloseTo(0.9 * plain.score, 6);
  expect(await predictor.predict(IMAGE, { detect: async () => detected })).toEqual(people);
  expect(await colours({ nms: 1 }).predict(IMAGE, { detect: () => detected })).toHaveLength(3);
  // Boxes without scores are each somebody.
  expect(await predictor.predict(IMAGE, { boxes: [BOXES[0], BOXES[0]] })).toHaveLength(2);
});

test('leaves no tensor behind, and frees the network', async () => {
  const before = tf.memory().numTensors;
  const predictor = colours({ batchSize: 2 });
  const items = [{ image: IMAGE, boxes: [...BOXES, ...BOXES] }];
  await predictor.predictMany(items);
  const tensors = tf.memory().numTensors;
  for (let i = 0; i < 3; i++) await predictor.predictMany(items);
  expect(tf.memory().numTensors).toBe(tensors);
  predictor.dispose();
  predictor.dispose();
  expect(tf.memory().numTensors).toBe(before);
  await expect(predictor.predict(IMAGE)).rejects.toThrow('one that was disposed of');
});
