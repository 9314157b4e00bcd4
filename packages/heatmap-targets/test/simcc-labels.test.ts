import type { Summary } from '@pose/golden-cases';
import { simccLabels } from '../src';
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
