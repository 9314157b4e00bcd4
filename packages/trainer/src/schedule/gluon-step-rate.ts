import { checkOption } from '../check-option';
import type { Schedule } from './schedule';

export interface GluonStepRateOptions {
  learningRate: number;
  /** Length of the schedule; the rate stays as it is at the end. */
  epochs: number;
  /** Epochs (from 0) at which the rate is multiplied by factor; one that is there twice counts twice. */
  milestones: readonly number[];
  /** GluonCV: 0.1. */
  factor: number;
}

/**
 * Mode 'step' of GluonCV's LRScheduler (gluoncv/utils/lr_scheduler.py). Epochs are counted in steps, so that the rate of
 * a step does not depend on where an epoch was interrupted.
 *
 * @throws TrainerError when there are no epochs
 */
export function gluonStepRate({ learningRate, epochs, milestones, factor }: GluonStepRateOptions): Schedule {
  checkOption('gluonStepRate epochs', epochs, 'a number above 0', epochs > 0);
  return {
    rate({ step, stepsPerEpoch }) {
      const current = Math.min(Math.max(step, 0), epochs * stepsPerEpoch - 1);
      return learningRate * factor ** milestones.filter((milestone) => milestone * stepsPerEpoch <= current).length;
    },
  };
}
