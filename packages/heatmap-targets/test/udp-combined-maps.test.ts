import { udpCombinedMaps } from '../src';
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
