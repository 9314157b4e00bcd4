import { checkOption } from '../check-option';
import type { Schedule } from './schedule';

export interface GluonRateOptions {
  /** How the rate goes from the base to the target; 'constant' stays at the base. */
  mode: 'linear' | 'poly' | 'cosine' | 'constant';
  baseRate: number;
  /** Reached at the last step of the schedule. Default 0. */
  targetRate?: number;
  /** Length of the schedule; the target rate stays from its end on. */
  epochs: number;
  /** Steps before the schedule begins; until then the base rate. Default 0. */
  offset?: number;
  /** Exponent of 'poly'. Default 2. */
  power?: number;
}

/**
 * GluonCV's LRScheduler (gluoncv/utils/lr_scheduler.py).
 *
 * @throws TrainerError when there are no epochs
 */
export function gluonRate(options: GluonRateOptions): Schedule {
  const { mode, baseRate, targetRate = 0, epochs, offset = 0, power = 2 } = options;
  checkOption('gluonRate epochs', epochs, 'a number above 0', epochs > 0);
  return {
    rate({ step, stepsPerEpoch }) {
      const last = Math.max(epochs * stepsPerEpoch - 1, 1); // GluonCV's divides by zero where there is one step only
      const progress = Math.min(Math.max(step - offset, 0), last) / last;
      return targetRate + (baseRate - targetRate) * remaining(mode, progress, power);
    },
  };
}

/** Share of the way from base to target that is still to go. */
function remaining(mode: GluonRateOptions['mode'], progress: number, power: number): number {
  switch (mode) {
    case 'linear':
      return 1 - progress;
    case 'poly':
      return (1 - progress) ** power;
    case 'cosine':
      return (1 + Math.cos(Math.PI * progress)) / 2;
    case 'constant':
      return 1;
  }
}
