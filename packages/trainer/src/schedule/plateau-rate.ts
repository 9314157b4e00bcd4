import { checkOption } from '../check-option';
import type { JsonValue } from '../json-value';
import { TrainerError } from '../trainer-error';
import type { Schedule } from './schedule';

export interface PlateauRateOptions {
  learningRate: number;
  /** By which the rate is multiplied. Default 0.1. */
  factor?: number;
  /** Epochs without a better value that are let pass. Default 10. */
  patience?: number;
  /** Epochs after a drop that do not count as without a better value. Default 0. */
  cooldown?: number;
  /** A value is better when it is below the best by this share of it. Default 1e-4. */
  threshold?: number;
  /** Default 0. */
  minRate?: number;
  /** A drop by this much or less is left out. Default 1e-8. */
  epsilon?: number;
}

/** What a plateau schedule has learned; `best` is null before the first value. */
type PlateauState = { rate: number; best: number | null; badEpochs: number; cooldown: number };

/** A schedule whose rate depends on the values it observes. */
export type PlateauRate = Required<Schedule>;

/**
 * A rate that drops when the observed value, such as the validation loss, is no longer going down:
 * torch.optim.lr_scheduler.ReduceLROnPlateau, mode 'min', threshold mode 'rel'. `observe` is called once per epoch.
 *
 * @throws TrainerError naming the option that is out of its range
 */
export function plateauRate(options: PlateauRateOptions): PlateauRate {
  const { learningRate, factor = 0.1, patience = 10, cooldown = 0 } = options;
  const { threshold = 1e-4, minRate = 0, epsilon = 1e-8 } = options;
  checkOption('plateauRate factor', factor, 'a number from 0 to below 1', factor >= 0 && factor < 1);
  checkOption('plateauRate patience', patience, 'a whole number, 0 or more', patience >= 0);
  checkOption('plateauRate cooldown', cooldown, 'a whole number, 0 or more', cooldown >= 0);
  let state: PlateauState = { rate: learningRate, best: null, badEpochs: 0, cooldown: 0 };
  return {
    rate: () => state.rate,
    observe(value) {
      const isBetter = value < (state.best ?? Infinity) * (1 - threshold);
      let badEpochs = isBetter ? 0 : state.badEpochs + 1;
      let { rate, cooldown: left } = state;
      if (left > 0) {
        left--;
        badEpochs = 0;
      }
      if (badEpochs > patience) {
        const next = Math.max(rate * factor, minRate);
        if (rate - next > epsilon) rate = next;
        left = cooldown;
        badEpochs = 0;
      }
      state = { rate, best: isBetter ? value : state.best, badEpochs, cooldown: left };
    },
    state: () => ({ ...state }),
    restore(saved) {
      state = checkedState(saved);
    },
  };
}

function checkedState(saved: JsonValue): PlateauState {
  const { rate, best, badEpochs, cooldown } = Object(saved) as Partial<PlateauState>;
  const areNumbers = [rate, badEpochs, cooldown].every((value) => typeof value === 'number');
  if (!areNumbers || (typeof best !== 'number' && best !== null)) {
    throw new TrainerError(
      `Expected the state of a plateauRate, { rate, best, badEpochs, cooldown }, found ${JSON.stringify(saved)}. ` +
        'Go on with the schedule that it was saved from.',
    );
  }
  return { rate, best, badEpochs, cooldown } as PlateauState;
}
