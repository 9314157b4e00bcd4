import { expectClose } from '@pose/golden-cases';
import fc from 'fast-check';
import { confidenceMaps, TargetError, type ConfidenceMapOptions } from '../src';
import { COUNT, decimal, frames, insideOf, people, person } from './arbitraries';

/** The plain twin: every keypoint of everyone at every cell. */
function plainMaps(everyone: number[][], { inputSize, heatmapSize, sigma = 7, rule }: ConfidenceMapOptions) {
  const [width, height] = heatmapSize;
  const [strideX, strideY] = [inputSize[0] / width, inputSize[1] / height];
  return Array.from({ length: width * height }, (_, cell) => {
    const x = (cell % width) * strideX + strideX / 2 - 0.5;
    const y = Math.floor(cell / width) * strideY + strideY / 2 - 0.5;
    const joints = [0, 1, 2].map((k) => {
      const values = everyone
        .filter((keypoints) => keypoints[3 * k + 2] > 0)
        .map((keypoints) => ((keypoints[3 * k] - x) ** 2 + (keypoints[3 * k + 1] - y) ** 2) / 2 / sigma / sigma)
        .map((exponent) => (exponent <= 4.6052 ? Math.exp(-exponent) : 0));
      return rule === 'sum'
        ? Math.min(
            1,
            values.reduce((sum, value) => sum + value, 0),
          )
        : Math.max(0, ...values);
    });
    return [...joints, 1 - Math.max(...joints)];
  }).flat();
}

describe('confidenceMaps(people, options, into)', () => {
  const rules = fc.constantFrom('max' as const, 'sum' as const);

  test('equals its plain twin', () => {
    fc.assert(
      fc.property(people, frames, decimal(1, 12), rules, (everyone, frame, sigma, rule) => {
        const options = { ...frame, sigma, rule };
        expectClose(confidenceMaps(everyone, options), plainMaps(everyone, options), [3e-7, 0], 'maps');
      }),
    );
  });

  test('has for background exactly 1 - the largest of the keypoints, also where people overlap', () => {
    fc.assert(
      fc.property(people, frames, rules, (everyone, frame, rule) => {
        const maps = confidenceMaps(everyone, { ...frame, rule });
        for (let i = 0; i < maps.length; i += COUNT + 1) {
          const largest = Math.max(...maps.subarray(i, i + COUNT));
          expect(maps[i + COUNT]).toBe(Math.fround(1 - largest));
        }
      }),
    );
  });

  test('has its largest value in the cell of the keypoint', () => {
    fc.assert(
      fc.property(person, frames, (keypoints, frame) => {
        const maps = confidenceMaps([keypoints], { ...frame, layout: 'khw', sigma: 60 });
        const [width, height] = frame.heatmapSize;
        for (const { k, x, y } of insideOf(keypoints, frame)) {
          // the cell whose square holds the keypoint, which reaches from half a pixel before its first pixel
          const column = Math.floor(((x + 0.5) * width) / frame.inputSize[0]);
          const row = Math.floor(((y + 0.5) * height) / frame.inputSize[1]);
          const map = maps.subarray(k * width * height, (k + 1) * width * height);
          expect(map[row * width + column]).toBe(Math.max(...map));
        }
      }),
    );
  });

  const options = { inputSize: [64, 64], heatmapSize: [8, 8] } as const;

  test('is all background without people', () => {
    const maps = confidenceMaps([], { ...options, keypointCount: 2, layout: 'khw' });
    expect(maps).toEqual(new Float32Array(3 * 64).fill(1, 2 * 64));
  });

  test('refuses options that do not fit', () => {
    expect(() => confidenceMaps([], options)).toThrow('the option keypointCount, but received neither');
    expect(() => confidenceMaps([[1, 1, 1]], { ...options, sigma: -7 })).toThrow(TargetError);
    expect(() => confidenceMaps([[1, 1, 1]], { ...options, rule: 'mean' as 'sum' })).toThrow(
      "Expected rule 'max' or 'sum' but received 'mean'",
    );
  });
});
