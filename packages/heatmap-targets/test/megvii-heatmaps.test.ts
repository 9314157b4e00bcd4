import { megviiHeatmaps } from '../src';
import { frameOf, parity, triplets, type ExpectedMaps, type PersonCase } from './golden';

parity<PersonCase & { kernel_size: number }, ExpectedMaps>(
  'mmpose_megvii',
  ({ inputs, expected, check, checkSummary }) => {
    const { heatmaps, weights } = megviiHeatmaps(triplets(inputs.keypoints, inputs.visible), {
      ...frameOf(inputs),
      kernelSize: inputs.kernel_size,
    });
    checkSummary('target', heatmaps, expected.target);
    check('weight', weights, expected.weight);
  },
);
