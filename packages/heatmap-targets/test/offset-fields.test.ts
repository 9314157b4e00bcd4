import type { Summary } from '@pose/golden-cases';
import { offsetFields } from '../src';
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
