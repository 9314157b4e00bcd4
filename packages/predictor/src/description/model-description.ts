import type { FlipPairs, Size } from '@pose/pose-augment';
import type { ModelOptions } from '@pose/pose-models';
import type { BottomUpOptions, TopDownOptions } from '../options';

/** What was made, so that a checkpoint can say what it is a checkpoint of. */
export interface ModelDescription {
  /** Name in the registry of pose-models. */
  name: string;
  options: ModelOptions & { inputSize: Size; keypoints: number };
  /** Names of the keypoints, in the order of the heatmaps. */
  keypointNames: readonly string[];
  flipPairs: FlipPairs;
  /** What predicting with it takes beside that. Without it: what `predictorOptions` says. */
  prediction?: PredictionSettings;
}

/** How a network was trained to be read; plain data. */
export type PredictionSettings = TopDownPrediction | BottomUpPrediction;

export interface TopDownPrediction extends Pick<
  TopDownOptions,
  'decoder' | 'alignment' | 'flipTest' | 'interpolation' | 'normalization' | 'sigmas'
> {
  kind: 'top-down';
}

export type BottomUpPrediction = Pick<BottomUpOptions, 'kind' | 'limbs' | 'order' | 'toCoco' | 'normalization'>;
