import { createPredictor, PredictorError, type PredictorOptions } from '../src';
import { testEngine } from './engine';
import { constantNetwork } from './networks';

const IMAGE = { data: new Uint8Array(3 * 40 * 30), width: 40, height: 30, channels: 3 } as const;
const flat = (channels: number, value = 0.5, width = 6) => ({
  values: new Float32Array(8 * width * channels).fill(value),
  shape: [8, width, channels],
});
const NAMES = ['head', 'left_hand', 'right_hand'];
const options = (changes: Partial<PredictorOptions> = {}): PredictorOptions =>
  ({ model: constantNetwork([24, 32], [flat(3)]), keypointNames: NAMES, flipTest: false, ...changes }) as never;

beforeAll(testEngine);

test.each<[string, () => PredictorOptions, string]>([
  ['no network', () => options({ model: undefined }), 'Expected either model or network, found both or none.'],
  ['no names', () => options({ keypointNames: [] }), 'keypointNames: expected one name per keypoint, found none.'],
  ['a batch of none', () => options({ batchSize: 0 }), 'batchSize: expected a whole number above 0, found 0.'],
  [
    'other channels than names',
    () => options({ keypointNames: ['head'] }),
    'model: expected its last output to be [N, height, width, 1], one map per keypoint name, found [N, 8, 6, 3]. Is it another network than the options describe?',
  ],
  [
    'no offsets',
    () => options({ decoder: 'udp-combined' } as never),
    'model: expected its last output to be [N, height, width, 9], 3 maps per keypoint name, found [N, 8, 6, 3].',
  ],
  [
    'no lines',
    () => options({ decoder: 'simcc' } as never),
    'model: expected its last two outputs to be [N, 3, bins], the lines of 3 keypoints, found [N, 8, 6, 3].',
  ],
  [
    'a decoder that is none',
    () => options({ decoder: 'best' } as never),
    'decoder: expected one of none, quarter, second-highest, soft-arg-max, dark, udp, udp-combined, megvii, simcc, found "best".',
  ],
  [
    'a flip test without pairs',
    () => options({ flipTest: true } as never),
    'flipPairs: expected pairs of keypoints for the flip test, found none. Or set flipTest: false.',
  ],
  [
    'a bottom-up network with one output',
    () => options({ kind: 'bottom-up', limbs: [[0, 1]], model: constantNetwork([32, 32], [flat(3)]) } as never),
    'model: expected its last output but one to be [N, height, width, 2], two fields per limb, found none.',
  ],
  [
    'a bottom-up network with heatmaps of another shape',
    () =>
      options({ kind: 'bottom-up', limbs: [[0, 1]], model: constantNetwork([32, 32], [flat(2), flat(3)]) } as never),
    'model: expected square heatmaps whose pixels are whole input pixels of 32, found 8x6.',
  ],
  [
    'a bottom-up network that is not square',
    () => options({ kind: 'bottom-up', limbs: [[0, 1]] } as never),
    'model: expected a square input for a bottom-up network, found 32x24.',
  ],
])('createPredictor() refuses %s', (_, make, message) => {
  let found: unknown;
  try {
    createPredictor(make());
  } catch (error) {
    found = error;
  }
  expect(found).toBeInstanceOf(PredictorError);
  expect((found as Error).message).toContain(message);
});

const predictor = () => createPredictor(options());

test.each<[string, unknown, string]>([
  ['without width', [[4, 4, 0, 9]], 'boxes[0]: expected a width and height above 0; leave such boxes out, found [4, 4, 0, 9]'],
  ['beside the image', [[1, 1, 9, 9], [40, 0, 9, 9]], 'boxes[1]: expected a box that lies in the image of 40x30 pixels, found [40, 0, 9, 9]'],
  ['of three numbers', [[1, 2, 3]], 'boxes[0]: expected four finite numbers [x, y, width, height] in image pixels, found [1, 2, 3]'],
  ['that is NaN', [[1, 2, NaN, 3]], 'boxes[0]: expected four finite numbers'],
  ['with a score that is NaN', [{ box: [1, 2, 3, 4], score: NaN }], 'boxes[0]: expected a finite score, found NaN'],
])('predict() refuses a box %s', async (_, boxes, message) => {
  await expect(predictor().predict(IMAGE, { boxes: boxes as never })).rejects.toThrow(message);
}); // prettier-ignore

test('with several images, the message says of which one it speaks', async () => {
  const items = [{ image: IMAGE }, { image: IMAGE, boxes: [[0, 0, 0, 0]] as [[0, 0, 0, 0]] }];
  await expect(predictor().predictMany(items)).rejects.toThrow('items[1].boxes[0]: expected a width');
});

test('an image that is none, and both boxes and a detector', async () => {
  const rgba = { data: new Uint8ClampedArray(4 * 40 * 30), width: 40, height: 30 };
  await expect(predictor().predict(rgba as never)).rejects.toThrow(
    'image: expected RGB bytes, width * height * 3 of them, with channels 3, found 4800 bytes for 40x30 pixels with channels undefined. `imageFromRgba`',
  );
  await expect(predictor().predict(IMAGE, { boxes: [], detect: () => [] })).rejects.toThrow(
    'boxes: expected either boxes or detect, found both.',
  );
});

test('duplicates of keypoints that are not COCO need sigmas', async () => {
  const detected = [{ box: [0, 0, 9, 9] as const, score: 1 }];
  await expect(predictor().predict(IMAGE, { boxes: detected })).rejects.toThrow(
    "sigmas: expected one for each of the 3 keypoints, to leave out who was detected twice, found COCO's 17. Give them, or set nms: 1 to keep everybody.",
  );
});

test.each(['top-down', 'bottom-up'] as const)('outputs that are NaN, %s', async (kind) => {
  const model = constantNetwork([32, 32], [flat(2, NaN, 8), flat(3, NaN, 8)]);
  const broken = createPredictor(options({ kind, model, limbs: [[0, 1]] } as never));
  await expect(broken.predict(IMAGE)).rejects.toThrow(
    /^The network's outputs cannot be read: Expected finite heatmaps but .* Did its training diverge, or are its weights those of another network\?/,
  );
  await expect(broken.predict(IMAGE)).rejects.toBeInstanceOf(PredictorError);
});
