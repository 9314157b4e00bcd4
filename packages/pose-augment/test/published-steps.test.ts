import fc from 'fast-check';
import type { Summary } from '@pose/golden-cases';
import {
  AugmentError,
  boxToCenterScale,
  boxToRegion,
  createRandom,
  cropMatrix,
  type FlipPairs,
  gluonSteps,
  hrnetSteps,
  mmposeSteps,
  pipeline,
  type PoseSample,
  recordDraws,
  replayDraws,
  simpleBaselineSteps,
  startSample,
  type Step,
  transformKeypoints,
  warpNormalized,
} from '../src';
import { affineOf, drawsOf, imageByFormula, parity, tripletsOf } from './golden';

interface Inputs {
  image: 'formula' | 'smooth';
  width: number;
  height: number;
  bbox_xyxy: [number, number, number, number];
  joints: number[][];
  visible: number[];
  image_size_hw: [number, number];
  heatmap_size_hw: [number, number];
  sigma: number;
  scale_factor: number;
  rotation_factor: number;
  flip_pairs: FlipPairs;
  mean: [number, number, number];
  std: [number, number, number];
  draws: ['random' | 'randn', number][];
}
interface Expected {
  center: number[];
  scale: number[];
  rotation: number;
  flipped: boolean;
  matrix: number[][];
  target_weight: number[];
  target: Summary;
  input_nchw_cv5: Summary;
}

parity<Inputs, Expected>('gluon_train_sample', ({ inputs, expected, check, checkSummary }) => {
  const [height, width] = inputs.image_size_hw;
  const [x1, y1, x2, y2] = inputs.bbox_xyxy;
  const region = boxToCenterScale([x1, y1, x2 - x1, y2 - y1], { aspectRatio: width / height, pixelStd: 1 });
  const keypoints = tripletsOf(inputs.joints, inputs.visible);
  const { scale_factor: scaleFactor, rotation_factor: rotationFactor, flip_pairs: flipPairs } = inputs;
  const random = replayDraws(drawsOf(inputs.draws));
  const augment = pipeline(gluonSteps({ scaleFactor, rotationFactor, flipPairs }));
  const drawn = augment(startSample({ ...region, keypoints, imageWidth: inputs.width }), random);
  expect(random.left).toBe(0);
  check('center', drawn.center, expected.center);
  check('scale', drawn.scale, expected.scale);
  check('rotation', [drawn.rotation], expected.rotation);
  expect(drawn.flipped).toBe(expected.flipped);

  const matrix = cropMatrix({ ...drawn, outputSize: [width, height], pixelStd: 1 });
  check('matrix', matrix, expected.matrix);
  const { target, weight } = plainTarget(transformKeypoints(drawn.keypoints, matrix), inputs);
  checkSummary('target', target, expected.target);
  check('target_weight', weight, expected.target_weight);

  // the samples were made with the matrix as given
  const { mean, std } = inputs;
  const options = { mean, std, flip: drawn.flipped };
  const image = imageByFormula(inputs.image, inputs.width, inputs.height);
  const nhwc = warpNormalized(image, affineOf(expected.matrix), [width, height], options);
  const nchw = nhwc.map((_, i) => nhwc[(i % (width * height)) * 3 + Math.floor(i / (width * height))]);
  checkSummary('input_nchw_cv5', nchw, expected.input_nchw_cv5);
});

/** Whole-sigma Gaussians of the keypoints in crop pixels: where the case shows them. Layout [K, height, width]. */
function plainTarget(keypoints: readonly number[], { image_size_hw, heatmap_size_hw, sigma }: Inputs) {
  const [height, width] = heatmap_size_hw;
  const weight: number[] = [];
  const target: number[] = [];
  for (let i = 0; i < keypoints.length; i += 3) {
    const [mx, my] = [width / image_size_hw[1], height / image_size_hw[0]].map((ratio, axis) =>
      Math.trunc(keypoints[i + axis] * ratio + 0.5),
    );
    const reach = 3 * sigma;
    const isNear = mx - reach < width && my - reach < height && mx + reach + 1 >= 0 && my + reach + 1 >= 0;
    weight.push(isNear ? keypoints[i + 2] : 0);
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const [dx, dy] = [x - mx, y - my];
        const isInside = weight[i / 3] > 0 && Math.abs(dx) <= reach && Math.abs(dy) <= reach;
        target.push(isInside ? Math.fround(Math.exp(-(dx * dx + dy * dy) / (2 * sigma * sigma))) : 0);
      }
    }
  }
  return { target, weight };
}

const flipPairs = [
  [1, 2],
  [3, 4],
] as const;
const plain = { scaleFactor: 0.3, rotationFactor: 40, flipPairs };
const upperBody = [0, 1, 2];
const halfBody = { upperBody, aspectRatio: 0.75, probability: 0.5, minKeypoints: 3, pixelStd: 1 };
const RECIPES: Record<string, Step<PoseSample>> = {
  simpleBaselineSteps: pipeline(simpleBaselineSteps(plain)),
  hrnetSteps: pipeline(hrnetSteps({ ...plain, halfBody })),
  gluonSteps: pipeline(gluonSteps(plain)),
  mmposeSteps: pipeline(mmposeSteps({ aspectRatio: 0.75, flipPairs, halfBody: { upperBody, minKeypoints: 3 } })),
};

const quarters = (min: number, max: number) => fc.integer({ min: 4 * min, max: 4 * max }).map((n) => n / 4);
const triplet = fc
  .tuple(quarters(0, 640), quarters(0, 480), fc.constantFrom(0, 1, 2))
  .map(([x, y, v]) => (v === 0 ? [0, 0, 0] : [x, y, v]));
const box = fc.tuple(quarters(0, 500), quarters(0, 400), quarters(10, 200), quarters(10, 200));
const person = fc
  .tuple(box, fc.array(triplet, { minLength: 6, maxLength: 6 }))
  .map(([given, triplets]) =>
    startSample({ ...boxToRegion(given), box: given, keypoints: triplets.flat(), imageWidth: 640 }),
  );

describe.each(Object.entries(RECIPES))('pipeline(%s(options))', (_, augment) => {
  test('gives the same bits for the same seed, and again from the draws that were recorded, through JSON', () => {
    fc.assert(
      fc.property(person, fc.integer(), (sample, seed) => {
        const random = recordDraws(createRandom(seed));
        const drawn = augment(sample, random);
        expect(augment(sample, createRandom(seed))).toStrictEqual(drawn);
        const replay = replayDraws(JSON.parse(JSON.stringify(random.draws)));
        expect(augment(sample, replay)).toStrictEqual(drawn);
        expect(replay.left).toBe(0);
      }),
    );
  });

  test('leaves the given sample as it was', () => {
    fc.assert(
      fc.property(person, fc.integer(), (sample, seed) => {
        const before = structuredClone(sample);
        augment(sample, createRandom(seed));
        expect(sample).toStrictEqual(before);
      }),
    );
  });

  test('moves keypoints, centre and box as one: those of a mirrored sample are those of the mirrored image', () => {
    fc.assert(
      fc.property(person, fc.integer(), (sample, seed) => {
        const drawn = augment(sample, createRandom(seed));
        const [x, y, width, height] = sample.box;
        expect(drawn.box).toEqual(drawn.flipped ? [639 - x - width, y, width, height] : sample.box);
        const swap = drawn.flipped ? [0, 2, 1, 4, 3, 5] : [0, 1, 2, 3, 4, 5];
        swap.forEach((k, i) => {
          const [kx, ky, v] = Array.from(sample.keypoints).slice(3 * k, 3 * k + 3);
          const expected = v === 0 ? [0, 0, 0] : [drawn.flipped ? 639 - kx : kx, ky, v];
          expect(Array.from(drawn.keypoints).slice(3 * i, 3 * i + 3)).toEqual(expected);
        });
        const matrix = cropMatrix({ ...drawn, outputSize: [192, 256], pixelStd: 1 });
        const zoom = 192 / drawn.scale[0];
        const moved = transformKeypoints(drawn.keypoints, matrix);
        for (let i = 0; i < moved.length; i += 3) {
          if (moved[i + 2] === 0) continue;
          const distance = Math.hypot(drawn.keypoints[i] - drawn.center[0], drawn.keypoints[i + 1] - drawn.center[1]);
          // the points that fix the matrix are rounded to float32, 3e-5 pixels at x = 640
          const rounding = 1e-4 * zoom * (1 + (2 * distance) / drawn.scale[0]);
          const moves = Math.hypot(moved[i] - 96, moved[i + 1] - 128);
          expect(Math.abs(moves - zoom * distance)).toBeLessThan(rounding);
        }
      }),
    );
  });
});

describe('the order of the draws', () => {
  const sample = startSample({
    center: [50, 60],
    scale: [100, 130],
    keypoints: [10, 20, 2, 30, 40, 1, 20, 30, 2, 40, 60, 2, 5, 6, 2, 7, 80, 2],
    imageWidth: 100,
  });
  const askedFor = (augment: Step<PoseSample>) => {
    const random = recordDraws({ uniform: () => 0, normal: () => 0.5 });
    augment(sample, random);
    return random.draws.map(({ step, kind }) => `${step} ${kind}`);
  };

  test('is the published one', () => {
    const scaleRotationFlip = ['scale normal', 'rotation uniform', 'rotation normal', 'flip uniform'];
    expect(askedFor(RECIPES.simpleBaselineSteps)).toEqual(scaleRotationFlip);
    expect(askedFor(RECIPES.hrnetSteps)).toEqual(['halfBody uniform', 'halfBody normal', ...scaleRotationFlip]);
    expect(askedFor(RECIPES.gluonSteps)).toEqual(scaleRotationFlip);
    expect(askedFor(RECIPES.mmposeSteps)).toEqual([
      'flip uniform',
      'halfBody uniform',
      'halfBody uniform',
      ...Array<string>(4).fill('region normal'),
      ...Array<string>(3).fill('region uniform'),
    ]);
  });
});

describe('mmposeSteps(options)', () => {
  test('ends with the aspect ratio of the input, widened from the padded box', () => {
    const step = pipeline(
      mmposeSteps({
        aspectRatio: 0.75,
        flipPairs: [],
        flipProbability: 0,
        halfBody: { upperBody, probability: 0 },
        region: { shiftProbability: 0, scaleProbability: 0, rotationProbability: 0 },
      }),
    );
    const sample = startSample({ ...boxToRegion([0, 0, 120, 80]), keypoints: [1, 1, 2], imageWidth: 640 });
    expect(step(sample, createRandom(1))).toEqual({ ...sample, scale: [150, 200] });
  });

  test('refuses options out of range, before any sample', () => {
    expect(() => mmposeSteps({ aspectRatio: 0, flipPairs, halfBody: { upperBody } })).toThrow('for aspectRatio');
    expect(() => mmposeSteps({ aspectRatio: 1, flipPairs, halfBody: { upperBody, padding: -1 } })).toThrow(
      AugmentError,
    );
    expect(() => hrnetSteps({ ...plain, halfBody: { ...halfBody, probability: -1 } })).toThrow(AugmentError);
    expect(() => gluonSteps({ ...plain, flipProbability: 3 })).toThrow(AugmentError);
    expect(() => simpleBaselineSteps({ ...plain, rotationFactor: -3 })).toThrow(AugmentError);
  });
});
