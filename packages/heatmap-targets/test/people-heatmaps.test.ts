import { peopleHeatmaps } from '../src';
import { frameOf, parity, peopleOf, triplets, type ExpectedMaps, type PeopleCase, type PersonCase } from './golden';

parity<PersonCase & { sigma: number }, ExpectedMaps>('mmpose_msra', ({ inputs, expected, check, checkSummary }) => {
  const { heatmaps, weights } = peopleHeatmaps([triplets(inputs.keypoints, inputs.visible)], {
    ...frameOf(inputs),
    sigma: inputs.sigma,
  });
  checkSummary('target', heatmaps, expected.target);
  check('weight', weights, expected.weight);
});

parity<PeopleCase, ExpectedMaps>('mmpose_unbiased_multi', ({ inputs, expected, check, checkSummary }) => {
  const { heatmaps, weights } = peopleHeatmaps(peopleOf(inputs), {
    ...frameOf(inputs),
    sigma: inputs.sigma,
    encoding: 'unbiased',
  });
  checkSummary('target', heatmaps, expected.target);
  check('weight', weights, expected.weight);
});
