import { expectClose } from '@pose/golden-cases';
import fc from 'fast-check';
import { TargetError, unbiasedHeatmaps } from '../src';
import { decimal, frames, person } from './arbitraries';
import { frameOf, parity, triplets, type ExpectedMaps, type PersonCase } from './golden';

parity<PersonCase & { sigma: number }, ExpectedMaps>(
  'mmpose_msra_unbiased',
  ({ inputs, expected, check, checkSummary }) => {
    const { heatmaps, weights } = unbiasedHeatmaps(triplets(inputs.keypoints, inputs.visible), {
      ...frameOf(inputs),
      sigma: inputs.sigma,
    });
    checkSummary('target', heatmaps, expected.target);
    check('weight', weights, expected.weight);
  },
);

interface TransPoseCase {
  joints_heatmap: number[][];
  visible: number[];
  heatmap_size: [number, number];
  sigma: number;
}

parity<TransPoseCase, ExpectedMaps>('transpose_target', ({ inputs, expected, check, checkSummary }) => {
  const { heatmaps, weights } = unbiasedHeatmaps(triplets(inputs.joints_heatmap, inputs.visible), {
    inputSize: inputs.heatmap_size, // the case gives heatmap pixels
    heatmapSize: inputs.heatmap_size,
    sigma: inputs.sigma,
    layout: 'khw',
    rangeTest: 'transpose',
  });
  checkSummary('target', heatmaps, expected.target);
  check('weight', weights, expected.weight);
});

describe('unbiasedHeatmaps(keypoints, options, into)', () => {
  test('equals its plain twin: every pixel from the formula', () => {
    fc.assert(
      fc.property(person, frames, decimal(1, 4), (keypoints, frame, sigma) => {
        const { heatmaps, weights } = unbiasedHeatmaps(keypoints, { ...frame, sigma, layout: 'khw' });
        const [width, height] = frame.heatmapSize;
        const plain = weights.reduce<number[]>((values, weight, k) => {
          const x = (keypoints[3 * k] * width) / frame.inputSize[0];
          const y = (keypoints[3 * k + 1] * height) / frame.inputSize[1];
          for (let i = 0; i < width * height; i++) {
            const squared = ((i % width) - x) ** 2 + (Math.floor(i / width) - y) ** 2;
            values.push(weight === 0 ? 0 : Math.exp(-squared / (2 * sigma ** 2)));
          }
          return values;
        }, []);
        expectClose(heatmaps, plain, [1e-5, 0], 'heatmaps');
      }),
    );
  });

  test('gives weight 0 to keypoints that are too far outside, by the test that is asked for', () => {
    const options = { inputSize: [32, 32], heatmapSize: [32, 32] } as const; // reach 6
    const weights = (x: number, y: number, rangeTest?: 'mmpose' | 'transpose') =>
      unbiasedHeatmaps([x, y, 2], { ...options, rangeTest }).weights[0];
    expect(weights(37.99, 10)).toBe(1);
    expect(weights(38, 10)).toBe(0);
    expect(weights(10, -7)).toBe(1);
    expect(weights(10, -7.5)).toBe(0);
    expect(weights(10, -7.5, 'transpose')).toBe(1); // cut towards zero
    expect(weights(10, -8, 'transpose')).toBe(0);
    expect(weights(38, 10, 'transpose')).toBe(0);
  });

  test('refuses a range test that there is not', () => {
    const options = { inputSize: [32, 32], heatmapSize: [8, 8], rangeTest: 'hrnet' as 'mmpose' } as const;
    expect(() => unbiasedHeatmaps([1, 1, 1], options)).toThrow(
      new TargetError("Expected rangeTest 'mmpose' or 'transpose' but received 'hrnet'"),
    );
  });
});
