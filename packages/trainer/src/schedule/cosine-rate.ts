import { checkOption } from '../check-option';
import { checkWarmup, warmupFactor, type LinearWarmup } from './linear-warmup';
import type { Schedule } from './schedule';

export interface CosineRateOptions {
  learningRate: number;
  /** Where the half wave ends, and what the rate is from there on. */
  epochs: number;
  /** Default 0. */
  minRate?: number;
  /** Whether the rate changes with every step, or stays the same for an epoch. Default 'step'. */
  by?: 'step' | 'epoch';
  /** Multiplies the rates of the first steps; the half wave starts at the first of them. Default: none. */
  warmup?: LinearWarmup;
}

/**
 * Half a cosine wave from the learning rate down to minRate (Loshchilov & Hutter 2017, eq. 5, without restarts), as
 * torch.optim.lr_scheduler.CosineAnnealingLR.
 *
 * @throws TrainerError when the epochs or the warm-up are out of their range
 */
export function cosineRate(options: CosineRateOptions): Schedule {
  const { learningRate, epochs, minRate = 0, by = 'step', warmup = { steps: 0, startFactor: 1 } } = options;
  checkOption('cosineRate epochs', epochs, 'a number above 0', epochs > 0);
  checkWarmup('cosineRate', warmup);
  return {
    rate({ step, epoch, stepsPerEpoch }) {
      const elapsed = by === 'step' ? step / stepsPerEpoch : epoch;
      const wave = (1 + Math.cos(Math.PI * Math.min(1, elapsed / epochs))) / 2;
      return (minRate + (learningRate - minRate) * wave) * warmupFactor(warmup, step);
    },
  };
}
