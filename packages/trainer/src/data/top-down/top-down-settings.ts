import type { Skeleton } from '@pose/coco-dataset';

/** `[width, height]` in pixels. */
export type Size = readonly [number, number];

/** Random changes to a training sample (Microsoft's SimpleBaseline settings in `SIMPLE_BASELINE_AUGMENTATION`). */
export interface Augmentation {
  /** Scale is multiplied by 1 + normal * scaleFactor, limited to 1 -+ scaleFactor. */
  scaleFactor: number;
  /** Rotation is normal * rotationFactor degrees, limited to twice that, in 60 % of the samples. */
  rotationFactor: number;
  /** Share of mirrored samples. */
  flipProbability: number;
}

/** human-pose-estimation.pytorch, experiments/coco/resnet50/256x192_d256x3_adam_lr1e-3.yaml and lib/dataset/JointsDataset.py. */
export const SIMPLE_BASELINE_AUGMENTATION: Augmentation = {
  scaleFactor: 0.3,
  rotationFactor: 40,
  flipProbability: 0.5,
};

/** What turns a person into network input and target; plain data, so that it can be sent to a worker. */
export interface TopDownSettings {
  kind: 'top-down';
  /** Network input, `[width, height]` in pixels. */
  inputSize: Size;
  /** Heatmaps, `[width, height]` in pixels. */
  heatmapSize: Size;
  /** Standard deviation of the target Gaussians, heatmap pixels. */
  sigma: number;
  flipPairs: Skeleton['flipPairs'];
  /** Left out for evaluation. */
  augmentation?: Augmentation;
}

/** The samples of one batch, in the order of its items. */
export interface TopDownArrays {
  /** Float32 [batch, height, width, 3], normalised RGB. */
  input: Float32Array;
  /** Float32 [batch, heatmap height, heatmap width, keypoints]. */
  targets: Float32Array[];
  /** Float32 [batch, keypoints]: 1 where the keypoint counts in the loss. */
  weight: Float32Array;
  /** Per sample the crop's centre x, y in image pixels and scale width, height in units of 200 pixels. */
  crops: Float32Array;
}
