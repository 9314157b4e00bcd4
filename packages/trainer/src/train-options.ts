import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { ModelDescription } from '@pose/predictor';
import { PRECISIONS, type Precision } from '@pose/tfjs-compile';
import { COMPILE_MODES, type CompileMode } from './gradients/compile-mode';
import type { TrainingBatch } from './data/training-data';
import { checkPhases, type Phase } from './phase';
import type { Reporter } from './run/reporter';
import type { Sampler } from './sampler/sampler';
import type { Task } from './task/task';
import { TrainerError } from './trainer-error';
import type { TrainingHooks } from './training-hooks';

export interface TrainOptions<B extends TrainingBatch = TrainingBatch, Targets = unknown> {
  /** Trained in place; with `resume` its weights are those of the checkpoint. */
  model: LayersModel;
  description: ModelDescription;
  task: Task<B, Targets>;
  /** One after the other. */
  phases: readonly Phase[];
  /** Run folder, made anew unless `resume`. */
  out: string;
  /** Order of the samples. Default: shuffled anew in each epoch. */
  sampler?: Sampler;
  /** How training steps and evaluations run. Default 'off': op by op. */
  compile?: CompileMode;
  /**
   * In which type convolutions and matrix products compute where batches run compiled. Weights, losses and the
   * optimizer's state are float32; so is everything that goes op by op. Default 'float32'.
   */
  precision?: Precision;
  /** Batches whose mean gradient makes one optimizer step. Default 1. */
  accumulate?: number;
  /** Limit of the gradients' L2 norm over all variables. Default none. */
  clipNorm?: number;
  /** Share of the newest weights in their exponential moving average, which is what is evaluated and saved as `best`. Default: no average. */
  averageDecay?: number;
  /** Measure the loss of the evaluation data after each epoch, with the averaged weights where there are such, and let the schedule observe that one. */
  validationLoss?: boolean;
  /** Evaluate every so many epochs, and at the end. Default 0: at the end only. */
  evaluateEvery?: number;
  /** Stop when so many evaluations in a row brought nothing better. */
  patience?: number;
  /** Most seconds between two checkpoints within an epoch, the most that a kill can lose. Default 600. */
  saveEvery?: number;
  /** Go on with the run that `out` holds, as if it had never stopped. */
  resume?: boolean;
  /** Written to config.json and into each checkpoint. */
  config: Record<string, unknown>;
  hooks?: readonly TrainingHooks[];
  reporter?: Reporter;
}

/** @throws TrainerError naming the option, what it should be and what it is */
export function checkTrainOptions<B extends TrainingBatch, Targets>(options: TrainOptions<B, Targets>): void {
  const { model, phases, evaluateEvery = 0, saveEvery = 0, accumulate = 1, clipNorm = 1, averageDecay = 1 } = options;
  const { patience, compile = 'off', precision = 'float32' } = options;
  const require = (name: string, found: number, expected: string, holds: boolean) => {
    if (!holds) throw new TrainerError(`${name}: expected ${expected}, found ${found}.`);
  };
  const whole = (name: string, found: number, least: number) =>
    require(name, found, `a whole number, ${least} or more`, Number.isSafeInteger(found) && found >= least);
  checkPhases(phases, model);
  if (!COMPILE_MODES.includes(compile)) {
    throw new TrainerError(`compile: expected one of ${COMPILE_MODES.join(', ')}, found ${String(compile)}.`);
  }
  checkPrecision(precision, compile);
  whole('evaluateEvery', evaluateEvery, 0);
  whole('accumulate', accumulate, 1);
  require('saveEvery', saveEvery, 'seconds, 0 or more', saveEvery >= 0);
  require('clipNorm', clipNorm, 'a number above 0', clipNorm > 0);
  require('averageDecay', averageDecay, 'a number above 0, at most 1', averageDecay > 0 && averageDecay <= 1);
  if (patience !== undefined) {
    whole('patience', patience, 1);
    require('evaluateEvery', evaluateEvery, '1 or more, for patience counts evaluations', evaluateEvery >= 1);
  }
}

function checkPrecision(precision: Precision, compile: CompileMode): void {
  if (!PRECISIONS.includes(precision)) {
    throw new TrainerError(`precision: expected one of ${PRECISIONS.join(', ')}, found ${String(precision)}.`);
  }
  if (precision !== 'float32' && compile === 'off') {
    throw new TrainerError(
      `precision: expected float32 where batches run op by op, found ${precision}. Let them run compiled: compile 'auto'.`,
    );
  }
  if (precision === 'bfloat16' && compile?.startsWith('onnx')) {
    throw new TrainerError(
      `precision: expected float32 or float16 with compile '${compile}', found bfloat16, which ONNX Runtime does not compute in.`,
    );
  }
}
