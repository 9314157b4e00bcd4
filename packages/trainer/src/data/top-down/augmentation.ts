import type { CutoutOptions, HideAndSeekOptions, HrnetOptions, PhotometricOptions } from '@pose/pose-augment';

/** Random changes to a training sample, in the order of deep-high-resolution-net.pytorch lib/dataset/JointsDataset.py. */
export interface Augmentation {
  /** Scale is multiplied by 1 + normal * scaleFactor, limited to 1 -+ scaleFactor. */
  scaleFactor: number;
  /** Rotation is normal * rotationFactor degrees, limited to twice that. */
  rotationFactor: number;
  /** Share of rotated samples. Default 0.6. */
  rotationProbability?: number;
  /** Share of mirrored samples. */
  flipProbability: number;
  /** Crops of half a body, from HRNet on. */
  halfBody?: Pick<HrnetOptions['halfBody'], 'probability' | 'minKeypoints' | 'upperBody'>;
  /** Changes of colour, drawn after the above. */
  photometric?: PhotometricOptions;
  /** Rectangles of the crop that are erased, drawn after that. */
  cutout?: CutoutOptions;
  /** Cells of the crop that are erased, drawn last. */
  hideAndSeek?: HideAndSeekOptions;
}

/** human-pose-estimation.pytorch, experiments/coco/resnet50/256x192_d256x3_adam_lr1e-3.yaml and lib/dataset/JointsDataset.py. */
export const SIMPLE_BASELINE_AUGMENTATION: Augmentation = {
  scaleFactor: 0.3,
  rotationFactor: 40,
  flipProbability: 0.5,
};
