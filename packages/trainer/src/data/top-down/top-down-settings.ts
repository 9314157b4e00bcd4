import type { Skeleton } from '@pose/coco-dataset';
import type { RectifyOptions, WarpOptions } from '@pose/pose-augment';
import type { Size } from '../size';
import type { Augmentation } from './augmentation';
import type { TargetEncoding } from './target-encoding';

/** What turns a person into network input and target; plain data, so that it can be sent to a worker. */
export interface TopDownSettings {
  kind: 'top-down';
  /** Network input, `[width, height]` in pixels. */
  inputSize: Size;
  /** Targets have one array per entry, several for intermediate supervision at several resolutions. */
  heatmapSizes: readonly Size[];
  encoding: TargetEncoding;
  flipPairs: Skeleton['flipPairs'];
  /** One factor per keypoint on its weight in the loss. */
  jointWeights?: readonly number[];
  /** How the crop lies on the pixels: SimpleBaseline's and HRNet's matrix, the default, or unbiased data processing. */
  alignment?: 'corner' | 'udp';
  /** Widens boxes so that every labelled keypoint is inside. */
  rectify?: RectifyOptions;
  /** Default 'bilinear', as the published code; 'area' for images that are much larger than the input. */
  interpolation?: WarpOptions['interpolation'];
  /** Left out for evaluation. */
  augmentation?: Augmentation;
  /** File of the crop cache, made by `prepareCropCache` for these settings. */
  cropCache?: string;
}

/** The samples of one batch, in the order of its items. */
export interface TopDownArrays {
  /** Float32 [batch, height, width, 3], normalised RGB. */
  input: Float32Array;
  /** What the encoding makes, each [batch, ...]; heatmaps are [batch, height, width, keypoints]. */
  targets: Float32Array[];
  /** Float32 [batch, keypoints]: 0 where the keypoint does not count in the loss. */
  weight: Float32Array;
  /** Per sample the crop's centre x, y in image pixels (of the mirrored image where it was) and scale width, height in units of 200 pixels. */
  crops: Float32Array;
}
