import { expectClose } from '@pose/golden-cases';
import fc from 'fast-check';
import type { Summary } from '@pose/golden-cases';
import { offsetFields, TargetError, type OffsetFieldOptions } from '../src';
import { COUNT, frames, people } from './arbitraries';
import { frameOf, parity, peopleOf, type PeopleCase } from './golden';

interface SprCase extends Omit<PeopleCase, 'sigma'> {
  sigma: [root: number, keypoint: number];
  root_type: 'kpt_center' | 'bbox_center';
  minimal_diagonal_length: number;
  background_weight: number;
}

type SprMaps = Record<'heatmaps' | 'heatmap_weights' | 'displacements' | 'displacement_weights', Summary>;

parity<SprCase, SprMaps>('mmpose_spr', ({ inputs, expected, checkSummary }) => {
  const { heatmaps, heatmapWeights, offsets, offsetWeights } = offsetFields(peopleOf(inputs), {
    ...frameOf(inputs),
    root: inputs.root_type === 'kpt_center' ? 'mean' : 'box',
    rootSigma: inputs.sigma[0],
    sigma: inputs.sigma[1],
    minimalDiagonal: inputs.minimal_diagonal_length,
    backgroundWeight: inputs.background_weight,
  });
  checkSummary('heatmaps', heatmaps, expected.heatmaps);
  checkSummary('heatmap_weights', heatmapWeights, expected.heatmap_weights);
  checkSummary('displacements', offsets, expected.displacements);
  checkSummary('displacement_weights', offsetWeights, expected.displacement_weights);
});

/** The plain twin of the offsets, in the reference's words. */
function plainOffsets(
  everyone: number[][],
  { inputSize, heatmapSize, root, rootSigma = 4, ...more }: OffsetFieldOptions,
) {
  const [width, height] = heatmapSize;
  const offsets = new Float32Array(2 * COUNT * width * height);
  const weights = new Float32Array(offsets.length);
  const remembered = new Float32Array(width * height);
  const isInside = ([x, y]: number[]) => x >= 0 && x < width && y >= 0 && y < height;
  for (const person of everyone) {
    const points = [0, 1, 2].map((k) =>
      [0, 1].map((axis) => Math.fround(person[3 * k + axis] / Math.fround(inputSize[axis] / heatmapSize[axis]))),
    );
    const labelled = [0, 1, 2].filter((k) => person[3 * k + 2] > 0);
    if (labelled.length === 0) continue;
    const axes = [0, 1].map((axis) => labelled.map((k) => points[k][axis]));
    const [w, h] = axes.map((values) => Math.max(...values) - Math.min(...values));
    const diagonal = Math.fround(Math.sqrt(w * w + h * h));
    const middle = axes.map((values) =>
      Math.fround(
        root === 'box'
          ? (Math.max(...values) + Math.min(...values)) / 2
          : values.reduce((sum, value) => sum + value, 0) / values.length,
      ),
    );
    if (diagonal < (more.minimalDiagonal ?? 5) || !isInside(middle)) continue;
    for (const k of labelled.filter((k) => isInside(points[k]))) {
      for (
        let y = Math.max(Math.trunc(middle[1] - rootSigma), 0);
        y < Math.min(Math.trunc(middle[1] + rootSigma), height);
        y++
      ) {
        for (
          let x = Math.max(Math.trunc(middle[0] - rootSigma), 0);
          x < Math.min(Math.trunc(middle[0] + rootSigma), width);
          x++
        ) {
          const cell = y * width + x;
          const [i, j] = [2 * k * width * height + cell, (2 * k + 1) * width * height + cell];
          if ((offsets[i] !== 0 || offsets[j] !== 0) && diagonal > remembered[cell]) continue;
          [offsets[i], offsets[j]] = [points[k][0] - x, points[k][1] - y];
          weights[i] = weights[j] = 1 / diagonal;
          remembered[cell] = diagonal;
        }
      }
    }
  }
  return { offsets, weights };
}

describe('offsetFields(people, options, into)', () => {
  test('equals its plain twin', () => {
    const rules = fc.record({
      root: fc.constantFrom('mean' as const, 'box' as const),
      rootSigma: fc.constantFrom(1, 2.5, 4),
      minimalDiagonal: fc.constantFrom(0.25, 3),
    });
    fc.assert(
      fc.property(people, frames, rules, (everyone, frame, rule) => {
        const options = { ...frame, ...rule, layout: 'khw' } as const;
        const { offsets, offsetWeights } = offsetFields(everyone, options);
        const plain = plainOffsets(everyone, options);
        expectClose(offsets, Array.from(plain.offsets), [1e-5, 0], 'offsets');
        expectClose(offsetWeights, Array.from(plain.weights), [1e-6, 1e-6], 'offsetWeights');
      }),
    );
  });

  test('draws keypoints and root, and weighs the rest of the maps as background', () => {
    const { heatmaps, heatmapWeights } = offsetFields([[40, 40, 2, 80, 80, 2]], {
      inputSize: [128, 128],
      heatmapSize: [32, 32],
      rootSigma: 1,
      sigma: 1,
      backgroundWeight: 0.25,
    });
    const at = (x: number, y: number) => Array.from(heatmaps.subarray((y * 32 + x) * 3, (y * 32 + x) * 3 + 3));
    expect(at(10, 10)).toEqual([1, 0, 0]);
    expect(at(20, 20)).toEqual([0, 1, 0]);
    expect(at(15, 15)).toEqual([0, 0, 1]);
    expect(Array.from(heatmapWeights)).toEqual(Array.from(heatmaps, (value) => (value > 0 ? 1 : 0.25)));
  });

  test('leaves out the root and the offsets of people that are too small, and draws their keypoints', () => {
    const person = [40, 40, 2, 48, 40, 2]; // 2 heatmap pixels
    const options = { inputSize: [128, 128], heatmapSize: [32, 32], layout: 'khw' } as const;
    const { heatmaps, offsetWeights } = offsetFields([person], options);
    expect(heatmaps.subarray(2 * 32 * 32).every((value) => value === 0)).toBe(true);
    expect(offsetWeights.every((value) => value === 0)).toBe(true);
    expect(heatmaps[10 * 32 + 10]).toBe(1);
    const kept = offsetFields([person], { ...options, minimalDiagonal: 2 });
    expect(kept.heatmaps[2 * 32 * 32 + 10 * 32 + 11]).toBe(1);
    expect(Math.max(...kept.offsetWeights)).toBe(0.5);
  });

  test('refuses options that do not fit', () => {
    const make = (more: object) => () =>
      offsetFields([[1, 1, 1]], { inputSize: [64, 64], heatmapSize: [16, 16], ...more });
    expect(make({ minimalDiagonal: 0 })).toThrow(new TargetError('Expected a positive minimalDiagonal but received 0'));
    expect(make({ backgroundWeight: 1.5 })).toThrow('Expected backgroundWeight from 0 to 1 but received 1.5');
    expect(make({ root: 'neck' })).toThrow("Expected root 'mean' or 'box' but received 'neck'");
    expect(make({ rootSigma: NaN })).toThrow('Expected a positive rootSigma of at most 9999 but received NaN');
  });
});
