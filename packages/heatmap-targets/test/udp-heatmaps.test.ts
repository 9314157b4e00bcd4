import { udpHeatmaps } from '../src';
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
