import type { Schedule } from './schedule';

/** The same rate at every step. */
export function constantRate(learningRate: number): Schedule {
  return { rate: () => learningRate };
}
