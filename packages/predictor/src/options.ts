import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { OksNmsOptions } from '@pose/coco-eval';
import type { FlipPairs, Normalization, WarpOptions } from '@pose/pose-augment';
import type { FusedNetwork } from '@pose/pose-models';
import type { Compile } from './network/compiled-network';
import type { DecodeBottomUpOptions } from './bottom-up/decode-bottom-up';
import type { Alignment, Decoder, DecoderName } from './top-down/decoder';

interface NetworkOptions {
  /** The network, of a fixed input size. The predictor takes a copy of its weights. */
  model?: LayersModel;
  /** Instead of `model`: one that `fuseLayers` of @pose/pose-models made. Disposing of it stays with the caller. */
  network?: FusedNetwork;
  /** Names of the keypoints, in the order of the network's outputs. */
  keypointNames: readonly string[];
  /** How the network wants its pixels. Default ImageNet's mean and deviation. */
  normalization?: Normalization;
  /**
   * `compile` of @pose/tfjs-compile: the network then runs as one graph for each number of images that comes, which is
   * faster, once the graph is made. Default: op by op.
   */
  compile?: Compile;
  /** Most people, or whole images, that go through the network at a time. Default 16. */
  batchSize?: number;
}

/** Of a network that finds the keypoints of one person in a crop. */
export interface TopDownOptions extends NetworkOptions {
  kind?: 'top-down';
  /** Keypoints that change places when the image is mirrored; needed for the flip test. */
  flipPairs?: FlipPairs;
  /** Averages the outputs of crops and of their mirror images: a little better, at twice the time. Default true. */
  flipTest?: boolean;
  /** How outputs become keypoints. Default 'quarter', SimpleBaseline's and HRNet's. */
  decoder?: DecoderName | Decoder;
  /** How crops lie on the pixels. Default as the decoder's publication has it. */
  alignment?: Alignment;
  /** How crops are sampled. Default 'bilinear'. */
  interpolation?: WarpOptions['interpolation'];
  /**
   * Of boxes with scores, which a detector gave: of two people whose OKS is above this the lower scored is left out; 1
   * keeps everybody. Default 0.9. Boxes without scores are each somebody.
   */
  nms?: number;
  /** Of the keypoints, for that OKS. Default COCO's 17. */
  sigmas?: OksNmsOptions['sigmas'];
}

/** Of a network that finds all people of an image: part affinity fields and heatmaps, its last two outputs. */
export interface BottomUpOptions extends NetworkOptions, Omit<DecodeBottomUpOptions, 'edge' | 'keypoints'> {
  kind: 'bottom-up';
  /** Keypoints that change places when the image is mirrored; needed for the flip test. */
  flipPairs?: FlipPairs;
  /** Averages the outputs of images and of their mirror images, at twice the time. Default false. */
  flipTest?: boolean;
}

export type PredictorOptions = TopDownOptions | BottomUpOptions;
