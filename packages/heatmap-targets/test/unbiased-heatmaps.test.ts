import { unbiasedHeatmaps } from '../src';
import { frameOf, parity, triplets, type ExpectedMaps, type PersonCase } from './golden';

parity<PersonCase & { sigma: number }, ExpectedMaps>(
  'mmpose_msra_unbiased',
  ({ inputs, expected, check, checkSummary }) => {
    const { heatmaps, weights } = unbiasedHeatmaps(triplets(inputs.keypoints, inputs.visible), {
      ...frameOf(inputs),
      sigma: inputs.sigma,
    });
    checkSummary('target', heatmaps, expected.target);
    check('weight', weights, expected.weight);
  },
);

interface TransPoseCase {
  joints_heatmap: number[][];
  visible: number[];
  heatmap_size: [number, number];
  sigma: number;
}

parity<TransPoseCase, ExpectedMaps>('transpose_target', ({ inputs, expected, check, checkSummary }) => {
  const { heatmaps, weights } = unbiasedHeatmaps(triplets(inputs.joints_heatmap, inputs.visible), {
    inputSize: inputs.heatmap_size, // the case gives heatmap pixels
    heatmapSize: inputs.heatmap_size,
    sigma: inputs.sigma,
    layout: 'khw',
    rangeTest: 'transpose',
  });
  checkSummary('target', heatmaps, expected.target);
  check('weight', weights, expected.weight);
});
