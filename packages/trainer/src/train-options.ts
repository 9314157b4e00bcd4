import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { Skeleton } from '@pose/coco-dataset';
import type { ModelDescription } from './checkpoint/checkpoint-state';
import type { StepSchedule } from './optimizer/step-schedule';
import type { Reporter } from './run/reporter';
import type { TopDownData } from './top-down-data';
import { TrainerError } from './trainer-error';

export interface TrainOptions {
  /** Trained in place; with `resume` its weights are those of the checkpoint. */
  model: LayersModel;
  description: ModelDescription;
  skeleton: Skeleton;
  train: TopDownData;
  /** Evaluated at the end and every `evaluateEvery` epochs; decides which checkpoint is `best`. */
  val: TopDownData;
  /** Run folder, made anew unless `resume`. */
  out: string;
  epochs: number;
  schedule: StepSchedule;
  /** Seed of the run: order of the samples and augmentation. Must be the one of the training loader. */
  seed: number;
  /** Default 0: at the end only. */
  evaluateEvery?: number;
  /** Default true. */
  flipTest?: boolean;
  /** Most seconds between two checkpoints within an epoch, the most that a kill can lose. Default 600. */
  saveEvery?: number;
  /** Go on with the run that `out` holds, as if it had never stopped. */
  resume?: boolean;
  /** Written to config.json and into each checkpoint. */
  config: Record<string, unknown>;
  reporter?: Reporter;
}

/** @throws TrainerError naming the option, what it should be and what it is */
export function checkTrainOptions({ epochs, evaluateEvery = 0, saveEvery = 0, seed, train }: TrainOptions): void {
  const require = (name: string, found: number, expected: string, holds: boolean) => {
    if (!holds) throw new TrainerError(`${name}: expected ${expected}, found ${found}.`);
  };
  require('epochs', epochs, 'a whole number, 1 or more', Number.isSafeInteger(epochs) && epochs >= 1);
  require('evaluateEvery', evaluateEvery, 'a whole number, 0 or more', Number.isSafeInteger(evaluateEvery) &&
    evaluateEvery >= 0);
  require('saveEvery', saveEvery, 'seconds, 0 or more', saveEvery >= 0);
  require('seed', seed, `${train.loader.seed}, the seed of the training loader`, seed === train.loader.seed);
}
