import fc from 'fast-check';
import { udpCombinedMaps } from '../src';
import { COUNT, frames, person } from './arbitraries';
import { frameOf, parity, triplets, type ExpectedMaps, type PersonCase } from './golden';

parity<PersonCase & { radius_factor: number }, ExpectedMaps>(
  'mmpose_udp_combined',
  ({ inputs, expected, check, checkSummary }) => {
    const { heatmaps, weights } = udpCombinedMaps(triplets(inputs.keypoints, inputs.visible), {
      ...frameOf(inputs),
      radiusFactor: inputs.radius_factor,
    });
    checkSummary('target', heatmaps, expected.target);
    check('weight', weights, expected.weight);
  },
);

describe('udpCombinedMaps(keypoints, options, into)', () => {
  test('has a disc around each keypoint, whose offsets lead from every pixel to it', () => {
    fc.assert(
      fc.property(person, frames, (keypoints, frame) => {
        const { heatmaps, weights } = udpCombinedMaps(keypoints, { ...frame, radiusFactor: 0.25 });
        const [width, height] = frame.heatmapSize;
        const radius = Math.max(width, height) / 4;
        for (let k = 0; k < COUNT; k++) {
          const labelled = keypoints[3 * k + 2] > 0;
          expect(weights[k]).toBe(labelled ? 1 : 0);
          const x = (keypoints[3 * k] * (width - 1)) / (frame.inputSize[0] - 1);
          const y = (keypoints[3 * k + 1] * (height - 1)) / (frame.inputSize[1] - 1);
          for (let i = 0; i < width * height; i++) {
            const [inside, dx, dy] = heatmaps.subarray(3 * (i * COUNT + k), 3 * (i * COUNT + k) + 3);
            if (!labelled) {
              expect([inside, dx, dy]).toEqual([0, 0, 0]);
              continue;
            }
            // Keypoints far outside of the heatmap have float32 offsets with fewer decimals.
            expect(Math.abs((i % width) + dx * radius - x)).toBeLessThan(1e-4 + Math.abs(x) * 2 ** -22);
            expect(Math.abs(Math.floor(i / width) + dy * radius - y)).toBeLessThan(1e-4 + Math.abs(y) * 2 ** -22);
            const distance = dx * dx + dy * dy;
            if (Math.abs(distance - 1) > 1e-5) expect(inside).toBe(distance < 1 ? 1 : 0);
          }
        }
      }),
      { numRuns: 50 },
    );
  });

  test('counts the border of the disc as inside', () => {
    const { heatmaps } = udpCombinedMaps([8, 8, 2], {
      inputSize: [17, 17],
      heatmapSize: [17, 17],
      radiusFactor: 2 / 17,
      layout: 'khw',
    });
    const row = Array.from(heatmaps.subarray(8 * 17, 9 * 17));
    expect(row).toEqual([0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0]);
  });

  test('leaves out only a keypoint whose offsets exceed single precision', () => {
    const options = { inputSize: [64, 64], heatmapSize: [16, 16] } as const;
    const { heatmaps, weights } = udpCombinedMaps([-1000, 10, 2, 1e39, 10, 2], options);
    expect(Array.from(weights)).toEqual([1, 0]);
    expect(heatmaps.filter((_, i) => i % 6 >= 3).every((value) => value === 0)).toBe(true);
  });
});
