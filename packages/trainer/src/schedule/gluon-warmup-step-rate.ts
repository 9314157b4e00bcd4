import { gluonRate } from './gluon-rate';
import { gluonStepRate, type GluonStepRateOptions } from './gluon-step-rate';
import type { Schedule } from './schedule';

export interface GluonWarmupStepRateOptions extends GluonStepRateOptions {
  /** Epochs of the warm-up, which `epochs` and `milestones` include; 0 for none. */
  warmupEpochs: number;
}

/**
 * The schedule of GluonCV's scripts/pose/simple_pose/train_simple_pose.py: linear from 0 to the learning rate, which the
 * last step of the warm-up has, then drops at given epochs.
 *
 * @throws TrainerError when the epochs are not more than those of the warm-up
 */
export function gluonWarmupStepRate(options: GluonWarmupStepRateOptions): Schedule {
  const { learningRate, epochs, milestones, factor, warmupEpochs } = options;
  const drops = gluonStepRate({
    learningRate,
    epochs: epochs - warmupEpochs,
    milestones: milestones.map((milestone) => milestone - warmupEpochs),
    factor,
  });
  if (warmupEpochs === 0) return drops;
  const warmup = gluonRate({ mode: 'linear', baseRate: 0, targetRate: learningRate, epochs: warmupEpochs });
  return {
    rate(at) {
      const warmupSteps = warmupEpochs * at.stepsPerEpoch;
      return at.step < warmupSteps ? warmup.rate(at) : drops.rate({ ...at, step: at.step - warmupSteps });
    },
  };
}
