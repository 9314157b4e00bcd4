import type { Summary } from '@pose/golden-cases';
import {
  augmentWholeImage,
  createRandom,
  cropWholeImage,
  drawCropOrigin,
  drawRescale,
  flipWholeImage,
  IMAGENET_PIXELS,
  INCEPTION_PIXELS,
  normalizeImage,
  padWholeImage,
  type Random,
  rescaleWholeImage,
  RTPOSE_PIXELS,
  SSD_PIXELS,
  startWholeImage,
  VGG_PIXELS,
  type WholeImage,
  zeroOutside,
} from '../src';
import { imageByFormula, parity } from './golden';

type Step =
  | ['hflip']
  | ['randomapply', Step, number]
  | ['rescale', number | [number, number]]
  | ['crop', number]
  | ['centerpad', [number, number]];

type Draw = { call: 'rand'; value: number } | { call: 'randint'; low: number; high: number; value: number };

interface Inputs {
  image: 'formula' | 'smooth';
  width: number;
  height: number;
  people: { keypoints: number[][]; bbox: [number, number, number, number] }[];
  steps: Step[];
  draws: Draw[];
}

interface Expected {
  image: { width: number; height: number; idx: number[]; val: number[]; sum: number[] };
  keypoints: number[][][];
  keypoints_dtype: string[];
  bbox: number[][];
  offset: number[];
  scale: number[];
  valid_area: number[];
  hflip: boolean;
  input_nchw?: Summary;
}

const FLIP_PAIRS = Array.from({ length: 8 }, (_, i) => [2 * i + 1, 2 * i + 2] as const);

/** Gives the reference's draws: a whole number is the middle of its share of [0, 1). */
function replay(draws: readonly Draw[]): Random & { left(): number } {
  const values = draws.map((draw) =>
    draw.call === 'rand' ? draw.value : (draw.value - draw.low + 0.5) / (draw.high - draw.low),
  );
  return {
    uniform: () => {
      if (values.length === 0) throw new Error('more draws than the reference takes');
      return values.shift() as number;
    },
    normal: () => {
      throw new Error('the reference draws no normal number here');
    },
    left: () => values.length,
  };
}

function run(state: WholeImage, step: Step, random: Random): WholeImage {
  switch (step[0]) {
    case 'hflip':
      return flipWholeImage(state, FLIP_PAIRS);
    case 'randomapply':
      return random.uniform() <= step[2] ? run(state, step[1], random) : state;
    case 'rescale':
      return rescaleWholeImage(state, typeof step[1] === 'number' ? step[1] : drawRescale(random, step[1]));
    case 'crop':
      return cropWholeImage(state, drawCropOrigin(random, state, step[1]), step[1]);
    case 'centerpad':
      return padWholeImage(state, step[1]);
  }
}

/** [height, width, 3] to [3, height, width]. */
function channelsFirst(values: Float32Array): Float32Array {
  const count = values.length / 3;
  const planes = new Float32Array(values.length);
  for (let i = 0; i < values.length; i++) planes[(i % 3) * count + (i - (i % 3)) / 3] = values[i];
  return planes;
}

parity<Inputs, Expected>('openpose_preprocess', ({ inputs, expected, check, checkSummary }) => {
  const random = replay(inputs.draws);
  const image = imageByFormula(inputs.image, inputs.width, inputs.height);
  const people = inputs.people.map(({ keypoints, bbox }) => ({ keypoints: keypoints.flat(), box: bbox }));
  const state = inputs.steps.reduce((before, step) => run(before, step, random), startWholeImage(image, people));
  expect(random.left()).toBe(0);

  const { data, width, height } = state.image;
  expect([width, height]).toEqual([expected.image.width, expected.image.height]);
  // Pillow's arithmetic is kept, so that nothing of the tolerance after a rescale is needed.
  const samples = expected.image.idx.flatMap((i) => Array.from(data.subarray(3 * i, 3 * i + 3)));
  check('image', samples, expected.image.val);
  const sums = [0, 0, 0];
  for (let i = 0; i < data.length; i++) sums[i % 3] += data[i];
  expect(sums).toEqual(expected.image.sum);

  check(
    'keypoints',
    state.people.flatMap(({ keypoints }) => Array.from(keypoints)),
    expected.keypoints,
  );
  check(
    'bbox',
    state.people.flatMap(({ box }) => box),
    expected.bbox,
  );
  for (const [i, { keypoints }] of state.people.entries()) {
    // The reference's own precision, to the bit.
    const exact = expected.keypoints_dtype[i] === 'float32' ? Math.fround : (value: number) => value;
    expect(Array.from(keypoints)).toEqual(expected.keypoints[i].flat().map(exact));
  }
  check('offset', state.offset, expected.offset);
  check('scale', state.scale, expected.scale);
  check('valid_area', state.validArea, expected.valid_area);
  expect(state.flipped).toBe(expected.hflip);

  if (expected.input_nchw) {
    const input = normalizeImage(state.image);
    zeroOutside(input, [width, height], state.validArea);
    checkSummary('input_nchw', channelsFirst(input), expected.input_nchw);
  }
});

for (const [kind, normalization] of Object.entries({
  pixel_rtpose: RTPOSE_PIXELS,
  pixel_vgg: VGG_PIXELS,
  pixel_inception: INCEPTION_PIXELS,
  pixel_ssd: SSD_PIXELS,
  pixel_imagenet: IMAGENET_PIXELS,
})) {
  parity<Pick<Inputs, 'image' | 'width' | 'height'>, { output: Summary }>(
    kind,
    ({ inputs, expected, checkSummary }) => {
      const image = imageByFormula(inputs.image, inputs.width, inputs.height);
      checkSummary('output', channelsFirst(normalizeImage(image, normalization)), expected.output);
    },
  );
}

describe('augmentWholeImage(random, state, options)', () => {
  const image = imageByFormula('smooth', 60, 44);
  const people = [{ keypoints: [10, 12, 2, 30, 20, 1, 0, 0, 0], box: [8, 10, 25, 12] as const }];
  const options = { flipPairs: [[0, 1]] as const, edge: 32 };

  test('gives the same bytes for the same seed, and a square of the edge', () => {
    for (let seed = 0; seed < 20; seed++) {
      const [one, other] = [createRandom(seed), createRandom(seed)].map((random) =>
        augmentWholeImage(random, startWholeImage(image, people), options),
      );
      expect(one).toEqual(other);
      expect([one.image.width, one.image.height]).toEqual([32, 32]);
    }
  });

  test('takes the published steps in their order', () => {
    const random = createRandom(5);
    const start = startWholeImage(image, people);
    const flipped = random.uniform() <= 0.5 ? flipWholeImage(start, options.flipPairs) : start;
    const rescaled = rescaleWholeImage(flipped, drawRescale(random, [0.5, 1]));
    const cut = cropWholeImage(rescaled, drawCropOrigin(random, rescaled, 32), 32);
    expect(augmentWholeImage(createRandom(5), start, options)).toEqual(padWholeImage(cut, [32, 32]));
  });

  test('keeps each keypoint on its pixel: offset and scale lead back to the original image', () => {
    for (let seed = 0; seed < 20; seed++) {
      const state = augmentWholeImage(createRandom(seed), startWholeImage(image, people), {
        ...options,
        flipProbability: 0,
      });
      const [x, y] = state.people[0].keypoints as number[];
      expect((x + state.offset[0] + 0.5) / state.scale[0] - 0.5).toBeCloseTo(10, 4);
      expect((y + state.offset[1] + 0.5) / state.scale[1] - 0.5).toBeCloseTo(12, 4);
    }
  });

  test('leaves the given state as it was', () => {
    const start = startWholeImage(image, people);
    const copy = structuredClone(start);
    augmentWholeImage(createRandom(1), start, options);
    expect(start).toEqual(copy);
  });
});

describe('the steps of whole images', () => {
  const image = imageByFormula('formula', 20, 10);
  const state = startWholeImage(image, [{ keypoints: [1, 2, 2], box: [0, 0, 5, 5] }]);

  test('flipping twice gives everything back', () => {
    expect(flipWholeImage(flipWholeImage(state, []), [])).toEqual(state);
  });

  test('drawCropOrigin takes no draw for an axis that fits', () => {
    const never: Random = { uniform: () => NaN, normal: () => NaN };
    expect(drawCropOrigin(never, state, 20)).toEqual([0, 0]);
    expect(drawCropOrigin({ ...never, uniform: () => 0.99 }, state, 12)).toEqual([8, 0]);
  });

  test('refuse what they cannot work with', () => {
    expect(() => startWholeImage(image, [{ keypoints: [NaN, 0, 0], box: [0, 0, 1, 1] }])).toThrow(
      'Expected 3 finite numbers for keypoints but received [NaN, 0, 0]',
    );
    expect(() => flipWholeImage(state, [[0, 1]])).toThrow('Expected flip pairs of keypoint indices 0..0');
    expect(() => rescaleWholeImage(state, 0.01)).toThrow('Expected [width, height], two positive integers, for size');
    expect(() => rescaleWholeImage(state, NaN)).toThrow('Expected a positive number for factor');
    expect(() => drawRescale(createRandom(1), [0, 1])).toThrow('least factor');
    expect(() => drawCropOrigin(createRandom(1), state, 0.5)).toThrow('Expected a whole number of pixels for edge');
    expect(() => cropWholeImage(state, [20, 0], 5)).toThrow('Expected a box of whole pixels inside of the 20x10 image');
    expect(() => padWholeImage(state, [19, 12])).toThrow('Expected a place for the 20x10 image inside of 19x12 pixels');
    expect(() => augmentWholeImage(createRandom(1), state, { flipPairs: [], edge: 5, flipProbability: 2 })).toThrow(
      'Expected a probability',
    );
  });
});

describe('zeroOutside(input, size, area)', () => {
  test('keeps the rows and columns that the area touches', () => {
    const input = new Float32Array(6 * 5 * 2).fill(1);
    zeroOutside(input, [6, 5], [1.5, 0.9, 2.1, 3.2]);
    const kept = (x: number, y: number) => x >= 1 && x < 4 && y < 5;
    const expected = Array.from(input, (_, i) => (kept((i >> 1) % 6, Math.floor(i / 12)) ? 1 : 0));
    expect(Array.from(input)).toEqual(expected);
  });

  test('clears everything for an area outside, nothing for one around', () => {
    const input = new Float32Array(12).fill(1);
    zeroOutside(input, [4, 3], [-5, -5, 20, 20]);
    expect(input.every((value) => value === 1)).toBe(true);
    zeroOutside(input, [4, 3], [4, 0, 3, 3]);
    expect(input.every((value) => value === 0)).toBe(true);
  });

  test('refuses an input of another size and an area that is not finite', () => {
    expect(() => zeroOutside(new Float32Array(13), [4, 3], [0, 0, 1, 1])).toThrow('but received 13 floats');
    expect(() => zeroOutside(new Float32Array(12), [4, 3], [0, NaN, 1, 1])).toThrow('finite numbers for area');
  });
});
