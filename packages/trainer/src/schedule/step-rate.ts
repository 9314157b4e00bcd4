import type { Schedule } from './schedule';

export interface StepRateOptions {
  learningRate: number;
  /** Epochs (from 0) at which the rate is multiplied by gamma; Microsoft: 90 and 120 of 140. */
  milestones: readonly number[];
  /** Microsoft: 0.1. */
  gamma: number;
}

/** A rate that drops at given epochs, as PyTorch's MultiStepLR: learningRate * gamma ^ (number of milestones at or before the epoch). */
export function stepRate({ learningRate, milestones, gamma }: StepRateOptions): Schedule {
  return { rate: ({ epoch }) => learningRate * gamma ** milestones.filter((milestone) => milestone <= epoch).length };
}
