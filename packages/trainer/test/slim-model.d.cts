import type { LayersModel } from '@tensorflow/tfjs-layers';

export declare function slimModel(options?: {
  inputSize?: readonly [number, number];
  keypoints?: number;
  /** Channels of all convolutions. */
  width?: number;
  /** Plain convolutions after the strided ones. */
  depth?: number;
  seed?: number;
}): LayersModel;
