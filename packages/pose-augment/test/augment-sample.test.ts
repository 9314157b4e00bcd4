import {
  type AugmentOptions,
  augmentSample,
  AugmentError,
  boxToCenterScale,
  createRandom,
  cropMatrix,
  replayDraws,
  transformKeypoints,
  warpNormalized,
} from '../src';
import { affineOf, drawsOf, imageByFormula, parity, positionsOf, tripletsOf } from './golden';

interface Inputs {
  image: 'formula' | 'smooth';
  width: number;
  height: number;
  bbox: [number, number, number, number];
  joints: number[][];
  visible: number[];
  image_size: [number, number];
  pixel_std: number;
  scale_factor: number;
  rotation_factor: number;
  num_joints_half_body: number;
  prob_half_body: number;
  flip: boolean;
  flip_pairs: [number, number][];
  upper_body_ids: number[];
  draws: ['rand' | 'random' | 'randn', number][];
}
interface Expected {
  box_center: number[];
  box_scale: number[];
  center: number[];
  scale: number[];
  rotation: number;
  flipped: boolean;
  matrix: number[][];
  joints: number[][];
  joints_vis: number[];
  input: { idx: number[]; cv5: number[]; cv5_sum: number[] };
}

parity<Inputs, Expected>('hrnet_train_sample', ({ inputs, expected, check }) => {
  const { image_size: outputSize, pixel_std: pixelStd, width, height } = inputs;
  const aspectRatio = outputSize[0] / outputSize[1];
  const box = boxToCenterScale(inputs.bbox, { aspectRatio, pixelStd });
  check('box_center', box.center, expected.box_center);
  check('box_scale', box.scale, expected.box_scale);

  const random = replayDraws(drawsOf(inputs.draws));
  const keypoints = tripletsOf(inputs.joints, inputs.visible);
  const drawn = augmentSample(
    random,
    { ...box, keypoints, imageWidth: width },
    {
      scaleFactor: inputs.scale_factor,
      rotationFactor: inputs.rotation_factor,
      flipProbability: inputs.flip ? 0.5 : 0,
      flipPairs: inputs.flip_pairs,
      halfBody: {
        probability: inputs.prob_half_body,
        minKeypoints: inputs.num_joints_half_body + 1,
        upperBody: inputs.upper_body_ids,
        aspectRatio,
        pixelStd,
      },
    },
  );
  expect(random.left).toBe(0);
  check('center', drawn.center, expected.center);
  check('scale', drawn.scale, expected.scale);
  check('rotation', [drawn.rotation], expected.rotation);
  expect(drawn.flipped).toBe(expected.flipped);

  const matrix = cropMatrix({ ...drawn, outputSize, pixelStd });
  check('matrix', matrix, expected.matrix);
  const moved = transformKeypoints(drawn.keypoints, matrix);
  check('joints', positionsOf(moved), expected.joints);
  expect(moved.filter((_, i) => i % 3 === 2)).toEqual(expected.joints_vis);

  // mean 0 and std 1/255 leave the grey levels; the samples were made with the matrix as given
  const options = { mean: [0, 0, 0], std: [1 / 255, 1 / 255, 1 / 255], flip: drawn.flipped } as const;
  const image = imageByFormula(inputs.image, width, height);
  const levels = warpNormalized(image, affineOf(expected.matrix), outputSize, options);
  const { idx, cv5, cv5_sum } = expected.input;
  check(
    'input',
    idx.flatMap((i) => Array.from(levels.subarray(3 * i, 3 * i + 3), Math.round)),
    cv5,
  );
  const sums = [0, 1, 2].map((c) => levels.reduce((sum, v, i) => (i % 3 === c ? sum + v : sum), 0));
  sums.forEach((sum, c) => expect(Math.abs(sum / cv5_sum[c] - 1)).toBeLessThan(1e-4));
});

describe('augmentSample(random, sample, options)', () => {
  const sample = {
    center: [50, 60],
    scale: [1, 1.5],
    keypoints: [10, 20, 2, 30, 40, 1, 0, 0, 0],
    imageWidth: 100,
  } as const;
  const options: AugmentOptions = { scaleFactor: 0.3, rotationFactor: 40, flipPairs: [[1, 2]] };
  const many = Array.from({ length: 4000 }, (_, i) => augmentSample(createRandom([9, i]), sample, options));
  const share = (test: (drawn: (typeof many)[number]) => boolean) => many.filter(test).length / many.length;

  test('rotates 60 % and mirrors half of the samples', () => {
    expect(share(({ rotation }) => rotation !== 0)).toBeCloseTo(0.6, 1.5);
    expect(share(({ flipped }) => flipped)).toBeCloseTo(0.5, 1.5);
  });

  test('limits scale to 1 +- scaleFactor and rotation to twice rotationFactor', () => {
    for (const { scale, rotation } of many) {
      expect(scale[0]).toBeGreaterThanOrEqual(0.7 - 1e-12);
      expect(scale[0]).toBeLessThanOrEqual(1.3 + 1e-12);
      expect(scale[1] / scale[0]).toBeCloseTo(1.5, 9);
      expect(Math.abs(rotation)).toBeLessThanOrEqual(80);
    }
    expect(share(({ scale }) => scale[0] === 1.3)).toBeGreaterThan(0.1);
    expect(share(({ rotation }) => Math.abs(rotation) === 80)).toBeGreaterThan(0.005);
  });

  test('mirrors centre and keypoints together, and leaves them alone otherwise', () => {
    for (const { flipped, center, keypoints } of many.slice(0, 50)) {
      expect(center).toEqual(flipped ? [49, 60] : [50, 60]);
      expect(keypoints).toEqual(flipped ? [89, 20, 2, 0, 0, 0, 69, 40, 1] : sample.keypoints);
    }
  });

  test('takes no draw for a step with probability 0, and none for half a body with too few keypoints', () => {
    const random = replayDraws([{ kind: 'normal', value: 10 }]);
    const halfBody = { probability: 1, minKeypoints: 3, upperBody: [0], aspectRatio: 0.75 };
    const drawn = augmentSample(random, sample, { ...options, rotationProbability: 0, flipProbability: 0, halfBody });
    expect(drawn).toEqual({
      center: [50, 60],
      scale: [1.3, 1.5 * 1.3],
      rotation: 0,
      flipped: false,
      keypoints: sample.keypoints,
    });
    expect(random.left).toBe(0);
  });

  test('refuses options out of range', () => {
    const draw = (changed: Partial<AugmentOptions>) => () =>
      augmentSample(createRandom(1), sample, { ...options, ...changed });
    expect(draw({ scaleFactor: 1 })).toThrow('Expected a number from 0 to below 1 for scaleFactor but received 1');
    expect(draw({ rotationFactor: NaN })).toThrow(AugmentError);
    expect(draw({ flipProbability: 1.5 })).toThrow(
      'Expected a probability from 0 to 1 for flipProbability but received 1.5',
    );
    expect(() => augmentSample(createRandom(1), { ...sample, center: [NaN, 1] }, options)).toThrow(
      'finite numbers for center',
    );
  });
});
