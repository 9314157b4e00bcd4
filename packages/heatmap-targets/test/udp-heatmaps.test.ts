import { expectClose } from '@pose/golden-cases';
import fc from 'fast-check';
import { TargetError, udpHeatmaps } from '../src';
import { frames, person } from './arbitraries';
import { frameOf, parity, triplets, type ExpectedMaps, type PersonCase } from './golden';

parity<PersonCase & { sigma: number }, ExpectedMaps>(
  'mmpose_udp_gaussian',
  ({ inputs, expected, check, checkSummary }) => {
    const { heatmaps, weights } = udpHeatmaps(triplets(inputs.keypoints, inputs.visible), {
      ...frameOf(inputs),
      sigma: inputs.sigma,
    });
    checkSummary('target', heatmaps, expected.target);
    check('weight', weights, expected.weight);
  },
);

describe('udpHeatmaps(keypoints, options, into)', () => {
  test('equals its plain twin for whole sigmas: the formula within 3 sigma of the rounded position', () => {
    fc.assert(
      fc.property(person, frames, fc.constantFrom(1, 2, 3), (keypoints, frame, sigma) => {
        const { heatmaps, weights } = udpHeatmaps(keypoints, { ...frame, sigma, layout: 'khw' });
        const [width, height] = frame.heatmapSize;
        const plain: number[] = [];
        weights.forEach((weight, k) => {
          const [x, y] = [0, 1].map((axis) =>
            Math.fround(
              keypoints[3 * k + axis] / Math.fround((frame.inputSize[axis] - 1) / (frame.heatmapSize[axis] - 1)),
            ),
          );
          const [column, row] = [x, y].map((at) => Math.trunc(Math.fround(at + 0.5)));
          const isFar =
            column - 3 * sigma >= width ||
            row - 3 * sigma >= height ||
            column + 3 * sigma + 1 < 0 ||
            row + 3 * sigma + 1 < 0;
          expect(weight).toBe(keypoints[3 * k + 2] > 0 && !isFar ? 1 : 0);
          for (let i = 0; i < width * height; i++) {
            const [j, l] = [i % width, Math.floor(i / width)];
            const isNear = Math.abs(j - column) <= 3 * sigma && Math.abs(l - row) <= 3 * sigma;
            plain.push(weight && isNear ? Math.exp(-((j - x) ** 2 + (l - y) ** 2) / (2 * sigma ** 2)) : 0);
          }
        });
        expectClose(heatmaps, plain, [1e-6, 0], 'heatmaps');
      }),
    );
  });

  test('brings the last pixel of the input to the last of the map', () => {
    const { heatmaps } = udpHeatmaps([63, 31, 2], { inputSize: [64, 32], heatmapSize: [16, 8] });
    expect(heatmaps.at(-1)).toBe(1);
  });

  test('refuses maps without an extent', () => {
    expect(() => udpHeatmaps([1, 1, 1], { inputSize: [64, 64], heatmapSize: [16, 1] })).toThrow(
      new TargetError('Expected at least 2x2 pixels for heatmapSize, as UDP needs, but received [16, 1]'),
    );
  });
});
