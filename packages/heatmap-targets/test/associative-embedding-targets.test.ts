import type { Nested } from '@pose/golden-cases';
import { associativeEmbeddingTargets } from '../src';
import { frameOf, parity, peopleOf, type ExpectedMaps, type PeopleCase } from './golden';

for (const [kind, encoding] of [
  ['mmpose_ae', 'gaussian'],
  ['mmpose_ae_udp', 'udp'],
] as const) {
  parity<PeopleCase, ExpectedMaps & { indices: Nested }>(kind, ({ inputs, expected, check, checkSummary }) => {
    const { heatmaps, weights, indices } = associativeEmbeddingTargets(peopleOf(inputs), {
      ...frameOf(inputs),
      sigma: inputs.sigma,
      encoding,
    });
    checkSummary('target', heatmaps, expected.target);
    check('weight', weights, expected.weight);
    check('indices', indices, expected.indices);
  });
}

describe('associativeEmbeddingTargets(people, options, into)', () => {
  const options = { inputSize: [64, 32], heatmapSize: [16, 8] } as const;

  test('names the cell of each keypoint and whether it counts', () => {
    const person = [9, 10, 2, 63.9, 10, 1, 9, 10, 0, NaN, NaN, 0];
    const { indices } = associativeEmbeddingTargets([person, [13, ...person.slice(1)]], options);
    expect(Array.from(indices.subarray(0, 6))).toEqual([3 * 16 + 2, 1, 3 * 16 + 16, 0, 3 * 16 + 2, 0]);
    expect(indices[7]).toBe(0);
    expect(Array.from(indices.subarray(8, 10))).toEqual([3 * 16 + 3, 1]);
  });

  test('refuses the encoding that the reference has not', () => {
    const encoding = 'unbiased' as 'udp';
    expect(() => associativeEmbeddingTargets([[1, 1, 1]], { ...options, encoding })).toThrow(
      "Expected encoding 'gaussian' or 'udp' but received 'unbiased'",
    );
  });
});
