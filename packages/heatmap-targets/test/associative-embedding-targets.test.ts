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
