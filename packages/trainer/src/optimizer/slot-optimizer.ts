import * as tf from '@tensorflow/tfjs-core';
import type { VariableUpdate } from '@pose/tfjs-compile';
import type { GraphOptimizer } from './graph-optimizer';
import type { NamedVariables, OptimizerState } from './optimizer';
import { Slots } from './slots';

/** One step of one variable. */
export interface VariableStep {
  variable: tf.Variable;
  /** With the penalty's, where there is one. */
  gradient: tf.Tensor;
  /** Of the variable's shape, zero before its first step. */
  slots: readonly tf.Tensor[];
  /** Of this variable, from 1. */
  step: number;
  learningRate: number;
  /** Whether weight decay applies to this variable. */
  decay: boolean;
}

/** What a step leads to. A slot may be a tensor that was there, overwritten. */
export interface MovedVariable {
  value: tf.Tensor;
  slots: readonly tf.Tensor[];
}

/** The same step in a graph; its gradient is an output of it. */
export interface VariableGraphStep {
  variable: tf.Variable;
  gradient: string;
  slots: readonly tf.Variable[];
  /** Steps of this variable beside those of the optimizer. */
  steps: number;
  decay: boolean;
}

/** Variables to which weight decay applies, by name; GluonCV's `--no-wd` leaves out biases and batch normalisation. */
export type Decays = (variableName: string) => boolean;

export interface SlotOptions {
  /** Tensors per variable. */
  slots: number;
  /** Default: all. */
  decays?: Decays;
  /** Weight decay that is added to the gradient, times the variable: an L2 penalty. Default 0. */
  penalty?: number;
}

/** An optimizer that moves each variable by itself: its gradient, its slots and the learning rate are all it needs. */
export abstract class SlotOptimizer implements GraphOptimizer {
  readonly kind: string;
  readonly #slots: Slots;
  readonly #decays: Decays;
  readonly #penalty: number;

  protected constructor(kind: string, { slots, decays = () => true, penalty = 0 }: SlotOptions) {
    this.kind = kind;
    this.#slots = new Slots(kind, slots);
    this.#decays = decays;
    this.#penalty = penalty;
  }

  /** Computes a step; called within a `tf.tidy`. */
  protected abstract move(step: VariableStep): MovedVariable;

  /** The same rule for a graph. */
  protected abstract update(step: VariableGraphStep): VariableUpdate;

  get steps(): number {
    return this.#slots.step;
  }

  apply(variables: NamedVariables, gradients: tf.NamedTensorMap, learningRate: number): void {
    this.#slots.startStep();
    for (const [name, variable] of Object.entries(variables)) {
      if (!gradients[variable.name]) continue;
      const slots = this.#slots.next(name, variable);
      const decay = this.#decays(name);
      const [value, ...next] = tf.tidy(() => {
        const { tensors, step } = slots;
        const gradient = this.#slope(name, variable, gradients[variable.name]);
        const moved = this.move({ variable, gradient, slots: tensors, step, learningRate, decay });
        return [moved.value, ...moved.slots];
      });
      variable.assign(value);
      value.dispose();
      this.#slots.replace(slots, next);
    }
  }

  slopes(variables: NamedVariables, gradients: tf.NamedTensorMap): tf.NamedTensorMap {
    const slopes = Object.entries(variables).map(([name, variable]) => {
      return [variable.name, this.#slope(name, variable, gradients[variable.name])] as const;
    });
    return Object.fromEntries(slopes);
  }

  updates(variables: NamedVariables, outputOf: (variable: tf.Variable) => string): VariableUpdate[] {
    return Object.entries(variables).map(([name, variable]) => {
      const { tensors, step } = this.#slots.of(name, variable);
      const decay = this.#decays(name);
      return this.update({ variable, gradient: outputOf(variable), slots: tensors, steps: step - this.steps, decay });
    });
  }

  countStep(variables: NamedVariables): void {
    this.#slots.startStep();
    for (const [name, variable] of Object.entries(variables)) this.#slots.next(name, variable);
  }

  state(): OptimizerState {
    return this.#slots.state();
  }

  restore(state: OptimizerState, variables: NamedVariables): void {
    this.#slots.restore(state, variables);
  }

  dispose(): void {
    this.#slots.dispose();
  }

  #slope(name: string, variable: tf.Variable, gradient: tf.Tensor): tf.Tensor {
    const isPenalised = this.#penalty > 0 && this.#decays(name);
    return isPenalised ? tf.add(gradient, tf.mul(variable, this.#penalty)) : gradient;
  }
}
