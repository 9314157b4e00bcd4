import type { ModelOptions } from '@pose/pose-models';
import type { Size } from '../data/size';

/** What was made, so that a checkpoint can say what it is a checkpoint of. */
export interface ModelDescription {
  /** Name in the registry of pose-models. */
  name: string;
  options: ModelOptions & { inputSize: Size; keypoints: number };
  /** Names of the keypoints, in the order of the heatmaps. */
  keypointNames: readonly string[];
  flipPairs: readonly (readonly [number, number])[];
}

/** Where a run stands; with the seed it determines everything that follows, for all random numbers are drawn by position. */
export interface TrainingState {
  /** Epochs and batches from 0: the next batch to train on. */
  epoch: number;
  batch: number;
  /** Optimizer steps so far. */
  step: number;
  /** Epochs trained when the model was last evaluated; 0 before the first evaluation. */
  evaluated: number;
  seed: number;
  /** What the positions above count in: people of the training data and people per step. */
  data: { samples: number; batchSize: number };
  /** Best value of the selection metric so far, and its epoch. */
  best?: { ap: number; epoch: number };
  /** Sums over the batches of the unfinished epoch. */
  running: { loss: number; accuracy: number; samples: number };
}
