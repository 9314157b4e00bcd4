import * as tf from '@tensorflow/tfjs-core';
import type { NamedVariables, Optimizer, OptimizerState } from './optimizer';
import { Slots } from './slots';

/** One step of one variable. */
export interface VariableStep {
  variable: tf.Variable;
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

/** Variables to which weight decay applies, by name; GluonCV's `--no-wd` leaves out biases and batch normalisation. */
export type Decays = (variableName: string) => boolean;

/** An optimizer that moves each variable by itself: its gradient, its slots and the learning rate are all it needs. */
export abstract class SlotOptimizer implements Optimizer {
  readonly kind: string;
  readonly #slots: Slots;
  readonly #decays: Decays;

  protected constructor(kind: string, slots: number, decays: Decays = () => true) {
    this.kind = kind;
    this.#slots = new Slots(kind, slots);
    this.#decays = decays;
  }

  /** Computes a step; called within a `tf.tidy`. */
  protected abstract move(step: VariableStep): MovedVariable;

  apply(variables: NamedVariables, gradients: tf.NamedTensorMap, learningRate: number): void {
    this.#slots.startStep();
    for (const [name, variable] of Object.entries(variables)) {
      const gradient = gradients[variable.name];
      if (!gradient) continue;
      const slots = this.#slots.next(name, variable);
      const decay = this.#decays(name);
      const [value, ...next] = tf.tidy(() => {
        const { tensors, step } = slots;
        const moved = this.move({ variable, gradient, slots: tensors, step, learningRate, decay });
        return [moved.value, ...moved.slots];
      });
      variable.assign(value);
      value.dispose();
      this.#slots.replace(slots, next);
    }
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
}
