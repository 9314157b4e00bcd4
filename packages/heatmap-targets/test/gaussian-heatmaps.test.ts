import fc from 'fast-check';
import { gaussianHeatmaps, type GaussianOptions, TargetError } from '../src';
import { expectClose, type Summary } from '@pose/golden-cases';
import { parity, triplets } from './golden';

interface Inputs {
  joints: number[][];
  visible: number[];
  image_size: [number, number];
  heatmap_size: [number, number];
  sigma: number;
  joints_weight?: number[] | null;
}

for (const kind of ['hrnet_target', 'gluon_target']) {
  parity<Inputs, { target: Summary; weight: number[] }>(kind, ({ inputs, expected, check, checkSummary }) => {
    const { heatmaps, weights } = gaussianHeatmaps(triplets(inputs.joints, inputs.visible), {
      inputSize: inputs.image_size,
      heatmapSize: inputs.heatmap_size,
      sigma: inputs.sigma,
      layout: 'khw',
      jointWeights: inputs.joints_weight?.flat() ?? undefined,
    });
    checkSummary('target', heatmaps, expected.target);
    check('weight', weights, expected.weight);
  });
}

/** The last step of a whole training sample: the joints in crop pixels are given by the case itself. */
parity<
  Omit<Inputs, 'joints' | 'visible'>,
  { joints: number[][]; joints_vis: number[]; target: Summary; target_weight: number[] }
>('hrnet_train_sample', ({ inputs, expected, check, checkSummary }) => {
  const { heatmaps, weights } = gaussianHeatmaps(triplets(expected.joints, expected.joints_vis), {
    inputSize: inputs.image_size,
    heatmapSize: inputs.heatmap_size,
    sigma: inputs.sigma,
    layout: 'khw',
  });
  checkSummary('target', heatmaps, expected.target);
  check('target_weight', weights, expected.target_weight);
});

/** The plain twin for whole sigmas: every pixel of every map from the formula. */
function plainHeatmaps(keypoints: readonly number[], { inputSize, heatmapSize, sigma = 2 }: GaussianOptions) {
  const [width, height] = heatmapSize;
  const weights: number[] = [];
  const maps: number[][] = [];
  for (let k = 0; k < keypoints.length / 3; k++) {
    const [x, y] = [0, 1].map((axis) =>
      Math.trunc((keypoints[3 * k + axis] * heatmapSize[axis]) / inputSize[axis] + 0.5),
    );
    const far = x - 3 * sigma >= width || y - 3 * sigma >= height || x + 3 * sigma + 1 < 0 || y + 3 * sigma + 1 < 0;
    weights.push(keypoints[3 * k + 2] > 0 && !far ? 1 : 0);
    maps.push(
      Array.from({ length: width * height }, (_, i) => {
        const [dx, dy] = [(i % width) - x, Math.floor(i / width) - y];
        const inside = weights[k] > 0 && Math.abs(dx) <= 3 * sigma && Math.abs(dy) <= 3 * sigma;
        return inside ? Math.exp(-(dx * dx + dy * dy) / (2 * sigma * sigma)) : 0;
      }),
    );
  }
  return { maps, weights };
}

const options: GaussianOptions = { inputSize: [96, 128], heatmapSize: [24, 32] };
const triplet = fc.tuple(
  fc.integer({ min: -60, max: 160 }),
  fc.integer({ min: -60, max: 190 }),
  fc.constantFrom(0, 1, 2),
);
const people = fc.array(triplet, { minLength: 1, maxLength: 5 }).map((list) => list.flat());

describe('gaussianHeatmaps(keypoints, options, into)', () => {
  test('equals its plain twin in both layouts', () => {
    fc.assert(
      fc.property(people, fc.constantFrom(1, 2, 3), (keypoints, sigma) => {
        const { maps, weights } = plainHeatmaps(keypoints, { ...options, sigma });
        const khw = gaussianHeatmaps(keypoints, { ...options, sigma, layout: 'khw' });
        const hwk = gaussianHeatmaps(keypoints, { ...options, sigma });
        expect(Array.from(khw.weights)).toEqual(weights);
        expect(Array.from(hwk.weights)).toEqual(weights);
        expectClose(khw.heatmaps, maps.flat(), [1e-7, 0], 'khw');
        expectClose(
          hwk.heatmaps,
          maps[0].flatMap((_, i) => maps.map((map) => map[i])),
          [1e-7, 0],
          'hwk',
        );
      }),
    );
  });

  test('leaves nothing of an earlier sample in into', () => {
    const into = { heatmaps: new Float32Array(24 * 32 * 2).fill(NaN), weights: new Float32Array(2).fill(NaN) };
    const keypoints = [48, 64, 2, 0, 0, 0];
    const result = gaussianHeatmaps(keypoints, options, into);
    expect(result.heatmaps).toBe(into.heatmaps);
    expect(result.weights).toBe(into.weights);
    expect(result).toEqual(gaussianHeatmaps(keypoints, options));
  });

  test('has its peak of 1 on the rounded keypoint', () => {
    const { heatmaps } = gaussianHeatmaps([50, 66, 1], options); // 12.5 and 16.5 round up
    expect(heatmaps[17 * 24 + 13]).toBe(1);
    expect(heatmaps.filter((value) => value === 1).length).toBe(1);
  });

  test('weighs a hidden keypoint like a visible one, and multiplies by the joint weight', () => {
    const keypoints = [48, 64, 1, 48, 64, 2, 48, 64, 0, 400, 64, 2];
    expect(Array.from(gaussianHeatmaps(keypoints, options).weights)).toEqual([1, 1, 0, 0]);
    const { weights } = gaussianHeatmaps(keypoints, { ...options, jointWeights: [1.5, 0.5, 2, 2] });
    expect(Array.from(weights)).toEqual([1.5, 0.5, 0, 0]);
  });

  test('keeps the weight of a keypoint just left of the border although its map is empty, as the reference does', () => {
    const { heatmaps, weights } = gaussianHeatmaps([-30, 64, 2], options);
    expect(weights[0]).toBe(1);
    expect(heatmaps.every((value) => value === 0)).toBe(true);
    expect(gaussianHeatmaps([-34, 64, 2], options).weights[0]).toBe(0);
  });

  test('does not look at the position of a keypoint that is not labelled', () => {
    const { heatmaps, weights } = gaussianHeatmaps([NaN, NaN, 0], options);
    expect(weights[0]).toBe(0);
    expect(heatmaps.every((value) => value === 0)).toBe(true);
  });

  test('refuses what does not fit, and says what', () => {
    const make =
      (keypoints: number[], changed: Partial<GaussianOptions> = {}) =>
      () =>
        gaussianHeatmaps(keypoints, { ...options, ...changed });
    expect(make([1, 2])).toThrow('Expected keypoints as triplets [x, y, v, ...] but received 2 numbers');
    expect(make([])).toThrow(TargetError);
    expect(make([0, 0, 0, NaN, 1, 2])).toThrow(
      'Expected finite [x, y, v >= 0] for keypoint 1 but received [NaN, 1, 2]',
    );
    expect(make([1, 1, NaN])).toThrow(TargetError);
    expect(make([1, 1, 1], { sigma: 0 })).toThrow('Expected a positive sigma of at most 9999 but received 0');
    expect(make([1, 1, 1], { sigma: 1e12 })).toThrow(TargetError);
    expect(make([1, 1, 1], { heatmapSize: [0, 32] })).toThrow(
      'two positive integers, for heatmapSize but received [0, 32]',
    );
    expect(make([1, 1, 1], { layout: 'kwh' as 'khw' })).toThrow("Expected layout 'hwk' or 'khw' but received 'kwh'");
    expect(make([1, 1, 1], { jointWeights: [1, 2] })).toThrow('Expected 1 finite jointWeights but received [1, 2]');
    const into = { heatmaps: new Float32Array(24 * 32), weights: new Float32Array(2) };
    expect(() => gaussianHeatmaps([1, 1, 1], options, into)).toThrow(
      'Expected room for 1 numbers in into.weights but found 2',
    );
  });
});
