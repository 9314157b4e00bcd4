import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { Image } from '@pose/pose-viz';

/** After an optimizer step. */
export interface StepReport {
  /** Counts optimizer steps from 1. */
  step: number;
  /** Counts from 0. */
  epoch: number;
  /** Mean over the batch, before the step. */
  loss: number;
  /** The rate that the step was taken with. */
  learningRate: number;
  /** Further numbers of the batch by name: accuracy, terms of the loss. */
  metrics: Record<string, number>;
  model: LayersModel;
}

/** After an epoch's last step. */
export interface EpochReport {
  /** Steps taken so far, in all epochs. */
  step: number;
  epoch: number;
  /** Mean over the epoch's samples. */
  loss: number;
  /** Means over the epoch's samples. */
  metrics: Record<string, number>;
  /** The rate of the epoch's last step. */
  learningRate: number;
  imagesPerSecond: number;
  model: LayersModel;
}

/** After an evaluation. */
export interface EvaluationReport {
  step: number;
  epoch: number;
  /** AP, AR, PCK and the like by name. */
  stats: Record<string, number>;
  model: LayersModel;
  /** Draws the predictions, by the pictures' names; only what asks for them pays for them. */
  pictures: () => Promise<Record<string, Image>>;
}

/** What a run calls while it trains; it waits for each. An error of a hook ends the run. */
export interface TrainingHooks {
  /** Before the first step of this process. `step` steps are behind it: none, or where a resumed run left off. */
  onStart?(at: { step: number; epoch: number; resumed: boolean }): void | Promise<void>;
  onStep?(done: StepReport): void | Promise<void>;
  onEpoch?(done: EpochReport): void | Promise<void>;
  onEvaluation?(done: EvaluationReport): void | Promise<void>;
  /** After all else, also when the run was interrupted or failed. */
  onEnd?(): void | Promise<void>;
}
