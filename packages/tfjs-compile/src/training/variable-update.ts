import type { Variable } from '@tensorflow/tfjs-core';

/** How one variable moves along its gradient. Its own tensors are variables of its shape, zero before the first step. */
interface VariableStep {
  readonly variable: Variable;
  /** The graph's output that holds its gradient; an L2 penalty and clipping are the graph's own part. */
  readonly gradient: string;
}

/**
 * Adam (Kingma & Ba 2015, algorithm 1) in PyTorch's form (torch/optim/adam.py): both moments bias-corrected, epsilon
 * outside of the root.
 */
export interface AdamUpdate extends VariableStep {
  readonly kind: 'adam';
  readonly firstMoment: Variable;
  readonly secondMoment: Variable;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  /**
   * Decoupled, as AdamW's (Loshchilov & Hutter 2019, algorithm 2; torch/optim/adamw.py): the variable shrinks by the
   * factor 1 - learningRate * weightDecay before the step. Default 0.
   */
  readonly weightDecay?: number;
  /** Steps that the variable has taken beside those that `run` counts, fewer than 0 if it missed some: for the bias correction. */
  readonly steps: number;
}

/** Gradient descent with momentum as torch.optim.SGD: the learning rate multiplies the momentum. */
export interface MomentumUpdate extends VariableStep {
  readonly kind: 'momentum';
  readonly velocity: Variable;
  readonly momentum: number;
  readonly nesterov: boolean;
}

/** Plain gradient descent. */
export interface GradientDescentUpdate extends VariableStep {
  readonly kind: 'gradient-descent';
}

export type VariableUpdate = AdamUpdate | MomentumUpdate | GradientDescentUpdate;

/** The variables that an update changes: the one that moves, then the optimizer's own. */
export function changedBy(update: VariableUpdate): Variable[] {
  if (update.kind === 'adam') return [update.variable, update.firstMoment, update.secondMoment];
  return update.kind === 'momentum' ? [update.variable, update.velocity] : [update.variable];
}
