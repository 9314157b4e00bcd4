import { mergeFlipped, mergeFlippedFields, type FlipFieldsOptions } from '@pose/pose-decode';
import type { Output } from '../network/output';

/**
 * The flip test of a bottom-up network: the mean of its fields and heatmaps and of those of the mirrored images, turned back
 * (pytorch_Realtime_Multi-Person_Pose_Estimation evaluate/coco_eval.py `handle_paf_and_heat`).
 *
 * @throws DecodeError when limbs and flip pairs do not belong together
 */
export function mergeMirrored(
  [fields, heatmaps]: readonly Output[],
  [mirroredFields, mirroredHeatmaps]: readonly Output[],
  { limbs, flipPairs }: Pick<FlipFieldsOptions, 'limbs' | 'flipPairs'>,
): Output[] {
  const [batch, height, width, keypoints] = heatmaps.shape;
  const shape = { size: [width, height], batch, flipPairs } as const;
  const ofHeatmaps = { ...shape, keypoints, shift: false };
  return [
    { ...fields, values: mergeFlippedFields(fields.values, mirroredFields.values, { ...shape, limbs }) },
    { ...heatmaps, values: mergeFlipped(heatmaps.values, mirroredHeatmaps.values, ofHeatmaps) },
  ];
}
