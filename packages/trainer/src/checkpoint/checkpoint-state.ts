import type { CompileMode } from '../gradients/compile-mode';
import type { LossScaleState } from '../gradients/loss-scale';
import type { JsonValue } from '../json-value';
import type { RunningSums } from '../running-sums';

/** Where a run stands; with the seed it determines everything that follows, for all random numbers are drawn by position. */
export interface TrainingState {
  /** Epochs and batches from 0: the next batch to train on. */
  epoch: number;
  batch: number;
  /** Optimizer steps so far. */
  step: number;
  /** How many steps and epochs were before the phase that `epoch` belongs to. */
  stepsBeforePhase: number;
  epochsBeforePhase: number;
  /** Epochs trained when the model was last evaluated; 0 before the first evaluation. */
  evaluated: number;
  seed: number;
  /** What the positions above count in: samples of the training data and samples per batch. */
  data: { samples: number; batchSize: number };
  /** Best value of the number that selects, so far, and its epoch. */
  best?: { value: number; epoch: number };
  /** Evaluations since then. */
  evaluationsSinceBest: number;
  /** Sums over the samples of the unfinished epoch. */
  running: RunningSums;
  /** How `compile: 'auto'` was decided for training and for evaluation; a run goes on as it began. */
  compiled?: Exclude<CompileMode, 'auto'>;
  compiledEvaluation?: Exclude<CompileMode, 'auto'>;
  /** Of runs in float16. */
  lossScale?: LossScaleState;
  /** What the schedule and the sampler have learned. */
  schedule?: JsonValue;
  sampler?: JsonValue;
}
