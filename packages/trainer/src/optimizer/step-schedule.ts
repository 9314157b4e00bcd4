/** Learning rate that drops at given epochs. */
export interface StepSchedule {
  learningRate: number;
  /** Epochs (from 0) at which the rate is multiplied by gamma; Microsoft: 90 and 120 of 140. */
  milestones: readonly number[];
  /** Microsoft: 0.1. */
  gamma: number;
}

/** The rate of an epoch, as PyTorch's MultiStepLR: learningRate * gamma ^ (number of milestones at or before it). */
export function stepLearningRate({ learningRate, milestones, gamma }: StepSchedule, epoch: number): number {
  return learningRate * gamma ** milestones.filter((milestone) => milestone <= epoch).length;
}
