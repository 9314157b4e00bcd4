import type { ConfidenceMapOptions, IgnoreMaskOptions, PartAffinityOptions } from '@pose/heatmap-targets';
import type { Normalization, WholeImageOptions } from '@pose/pose-augment';
import type { Skeleton } from '@pose/coco-dataset';
import type { Size } from '../size';

/** What turns an image with its people into network input and targets; plain data, so that it can be sent to a worker. */
export interface BottomUpSettings {
  kind: 'bottom-up';
  /** Width and height of the network input, pixels. */
  edge: number;
  heatmapSize: Size;
  /** Whether annotated COCO keypoints become OpenPose's 18, with the neck between the shoulders, or stay as they are. */
  keypoints: 'openpose' | 'annotated';
  /** Number of keypoints, after that. */
  keypointCount: number;
  /** One part affinity field each. */
  limbs: PartAffinityOptions['limbs'];
  /** Half-width of a limb, heatmap pixels. Default 1. */
  limbWidth?: number;
  /** Standard deviation of the confidence maps, input pixels. Default 7. */
  sigma?: number;
  /** What confidence maps are where people overlap: 'max' (default, the paper's) or 'sum' (the PyTorch reproduction's). */
  overlap?: ConfidenceMapOptions['rule'];
  /** Whether the loss counts beyond the image's border. Default 'counted', as OpenPose trains on COCO. */
  outside?: IgnoreMaskOptions['outside'];
  /** Of the annotated keypoints. */
  flipPairs: Skeleton['flipPairs'];
  /** Default ImageNet's. */
  normalization?: Normalization;
  /** Mirroring, scale and cut at random; left out for evaluation, which fits the whole image into the input. */
  augmentation?: Pick<WholeImageOptions, 'flipProbability' | 'scaleRange'>;
}

/** The samples of one batch, in the order of its items. */
export interface BottomUpArrays {
  /** Float32 [batch, edge, edge, 3], normalised RGB, 0 beside the image. */
  input: Float32Array;
  /** Float32 [batch, heatmap height, heatmap width, keypoints + 1]; the last channel is the background. */
  heatmaps: Float32Array;
  /** Float32 [batch, heatmap height, heatmap width, 2 * limbs]: x and y of each limb's field. */
  fields: Float32Array;
  /** Float32 [batch, heatmap height, heatmap width]: 1 where the loss counts, 0 in ignore regions. */
  mask: Float32Array;
  /** Per sample the matrix [a, b, c, d, e, f] from image pixels to input pixels. */
  matrices: Float32Array;
}
