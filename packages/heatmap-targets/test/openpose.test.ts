import { OPENPOSE_TARGET_LIMBS, type Nested, type Summary } from '@pose/golden-cases';
import { confidenceMaps, partAffinityFields } from '../src';
import { parity } from './golden';

interface OpenPoseCase {
  dtype: 'float32' | 'float64';
  input_size: number;
  stride: number;
  sigma: number;
  limb_width: number;
}

interface OpenPoseMaps {
  joints18: number[][][];
  heat_sum_clamped: Summary;
  heat_max: Summary;
  paf: Summary;
  heat_channel_sums: Nested;
  paf_channel_sums: Nested;
  paf_channel_nonzero: Nested;
}

parity<OpenPoseCase, OpenPoseMaps>('openpose_targets', ({ inputs, expected, check, checkSummary }) => {
  const held = inputs.dtype === 'float32' ? Math.fround : Number;
  const people = expected.joints18.map((joints) => joints.flat().map((value) => held(value)));
  const grid = inputs.input_size / inputs.stride;
  const frame = {
    inputSize: [inputs.input_size, inputs.input_size],
    heatmapSize: [grid, grid],
    layout: 'khw',
  } as const;
  const channels = (maps: Float32Array) =>
    Array.from({ length: maps.length / grid ** 2 }, (_, c) => maps.subarray(c * grid ** 2, (c + 1) * grid ** 2));
  const sums = (maps: Float32Array) => channels(maps).map((map) => map.reduce((sum, value) => sum + value, 0));

  const heat = confidenceMaps(people, { ...frame, sigma: inputs.sigma, rule: 'sum' });
  checkSummary('heat_sum_clamped', heat, expected.heat_sum_clamped);
  check('heat_channel_sums', sums(heat), expected.heat_channel_sums);
  checkSummary('heat_max', confidenceMaps(people, { ...frame, sigma: inputs.sigma }), expected.heat_max);

  const fields = partAffinityFields(people, { ...frame, limbs: OPENPOSE_TARGET_LIMBS, limbWidth: inputs.limb_width });
  checkSummary('paf', fields, expected.paf);
  check('paf_channel_sums', sums(fields), expected.paf_channel_sums);
  const filled = channels(fields).map((map) => map.filter((value) => value !== 0).length);
  check('paf_channel_nonzero', filled, expected.paf_channel_nonzero);
});
