import { expectClose } from '@pose/golden-cases';
import fc from 'fast-check';
import type { Summary } from '@pose/golden-cases';
import { multiResolutionTargets, simccLabels, TargetError, type SimccLabels } from '../src';
import { decimal, farPerson, person } from './arbitraries';
import { parity, triplets, type PersonCase } from './golden';

interface SimccCase extends Omit<PersonCase, 'heatmap_size'> {
  split_ratio: number;
  sigma?: [number, number];
  normalize?: boolean;
  label_smooth?: number;
}

for (const encoding of ['gaussian', 'standard'] as const) {
  parity<SimccCase, { x: Summary; y: Summary; weight: number[] }>(
    `simcc_${encoding}`,
    ({ inputs, expected, check, checkSummary }) => {
      const { x, y, weights } = simccLabels(triplets(inputs.keypoints, inputs.visible), {
        inputSize: inputs.image_size,
        splitRatio: inputs.split_ratio,
        encoding,
        sigma: inputs.sigma,
        normalize: inputs.normalize,
        labelSmoothing: inputs.label_smooth,
        weighting: 'visibility',
      });
      checkSummary('x', x, expected.x);
      checkSummary('y', y, expected.y);
      check('weight', weights, expected.weight);
    },
  );
}

const nearestEven = (value: number) => {
  const rounded = Math.round(value); // halves up
  return Math.abs(value % 1) === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded;
};

describe('simccLabels(keypoints, options, into)', () => {
  const inputSize = [20, 12] as const;
  const splits = fc.constantFrom(1, 2, 2.5, 3);

  /** The plain twin: calls `value` with the distance in bins, for every bin of labelled keypoints that count. */
  function plainLines(
    keypoints: number[],
    splitRatio: number,
    counts: (bin: number, length: number, axis: number) => boolean,
    value: (distance: number, length: number, axis: number) => number,
  ) {
    const lengths = inputSize.map((size) => Math.round(size * splitRatio));
    const bins = [0, 1, 2].map((k) => [0, 1].map((axis) => nearestEven(keypoints[3 * k + axis] * splitRatio)));
    const weights = bins.map((each, k) =>
      keypoints[3 * k + 2] > 0 && each.every((bin, axis) => counts(bin, lengths[axis], axis)) ? 1 : 0,
    );
    const lines = lengths.map((length, axis) =>
      bins.flatMap((each, k) =>
        Array.from({ length }, (_, i) => (weights[k] ? value(Math.abs(i - each[axis]), length, axis) : 0)),
      ),
    );
    return { x: lines[0], y: lines[1], weights };
  }

  test('gaussian equals its plain twin', () => {
    const sigmas = fc.tuple(decimal(1, 8), decimal(1, 8));
    fc.assert(
      fc.property(person, splits, sigmas, fc.boolean(), (keypoints, splitRatio, sigma, normalize) => {
        const got = simccLabels(keypoints, { inputSize, splitRatio, sigma, normalize });
        const plain = plainLines(
          keypoints,
          splitRatio,
          (bin, length, axis) => bin - 3 * sigma[axis] < length && bin + 3 * sigma[axis] + 1 >= 0,
          (distance, _, axis) => {
            const value = Math.exp(-(distance ** 2) / (2 * sigma[axis] ** 2));
            return normalize ? value / (sigma[axis] * Math.sqrt(2 * Math.PI)) : value;
          },
        );
        expectClose(got.x, plain.x, [1e-7, 1e-6], 'x');
        expectClose(got.y, plain.y, [1e-7, 1e-6], 'y');
        expect(Array.from(got.weights)).toEqual(plain.weights);
      }),
    );
  });

  test('standard equals its plain twin, and each line that counts sums to 1', () => {
    fc.assert(
      fc.property(person, splits, fc.constantFrom(0, 0.1, 0.5), (keypoints, splitRatio, labelSmoothing) => {
        const got = simccLabels(keypoints, { inputSize, splitRatio, encoding: 'standard', labelSmoothing });
        const plain = plainLines(
          keypoints,
          splitRatio,
          (bin, length) => bin >= 0 && bin < length,
          (distance, length) => (distance === 0 ? 1 - labelSmoothing : labelSmoothing / (length - 1)),
        );
        expectClose(got.x, plain.x, [1e-7, 1e-6], 'x');
        expectClose(got.y, plain.y, [1e-7, 1e-6], 'y');
        expect(Array.from(got.weights)).toEqual(plain.weights);
        const length = got.x.length / 3;
        got.weights.forEach((weight, k) => {
          const sum = got.x.subarray(k * length, (k + 1) * length).reduce((total, value) => total + value, 0);
          expect(sum).toBeCloseTo(weight, 5);
        });
      }),
    );
  });

  test('has finite values from 0 to 1 for every finite keypoint', () => {
    const encodings = fc.constantFrom('gaussian' as const, 'standard' as const);
    fc.assert(
      fc.property(farPerson, encodings, (keypoints, encoding) => {
        const { x, y, weights } = simccLabels(keypoints, { inputSize, encoding, labelSmoothing: 0.1 });
        for (const value of [...x, ...y, ...weights]) expect(value >= 0 && value <= 1).toBe(true);
      }),
    );
  });

  test('leaves nothing of an earlier sample in into', () => {
    fc.assert(
      fc.property(person, (keypoints) => {
        const into = {
          x: new Float32Array(120).fill(NaN),
          y: new Float32Array(72).fill(NaN),
          weights: new Float32Array(3).fill(NaN),
        };
        const result = simccLabels(keypoints, { inputSize }, into);
        expect(result).toEqual(simccLabels(keypoints, { inputSize }));
        expect([result.x, result.y, result.weights].every((array, i) => array === Object.values(into)[i])).toBe(true);
      }),
    );
  });

  test('can be made at several resolutions', () => {
    const levels = [{ inputSize, splitRatio: 1 }, { inputSize }];
    const results = multiResolutionTargets([5, 5, 2], { encode: simccLabels, levels });
    expect(results).toEqual(levels.map((options) => simccLabels([5, 5, 2], options)));
  });

  test('refuses options that do not fit', () => {
    const make = (more: object, into?: SimccLabels) => () => simccLabels([1, 1, 1], { inputSize, ...more }, into);
    expect(make({ splitRatio: 0 })).toThrow(new TargetError('Expected a positive splitRatio but received 0'));
    expect(make({ sigma: [6, -1] })).toThrow('Expected a positive sigma along y of at most 9999 but received -1');
    expect(make({ encoding: 'standard', labelSmoothing: 2 })).toThrow('Expected labelSmoothing from 0 to 1');
    expect(make({ encoding: 'smooth' })).toThrow("Expected encoding 'gaussian' or 'standard' but received 'smooth'");
    expect(make({ splitRatio: 0.01 })).toThrow('Expected 1 or more bins per axis');
    expect(make({ inputSize: [1, 8], splitRatio: 1, encoding: 'standard', labelSmoothing: 0.1 })).toThrow(
      'Expected 2 or more bins per axis but received inputSize [1, 8] and splitRatio 1',
    );
    const into = { x: new Float32Array(40), y: new Float32Array(23), weights: new Float32Array(1) };
    expect(make({}, into)).toThrow('Expected room for 24 numbers in into.y but found 23');
  });
});
