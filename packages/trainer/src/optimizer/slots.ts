import * as tf from '@tensorflow/tfjs-core';
import { TrainerError } from '../trainer-error';
import type { NamedVariables, OptimizerState } from './optimizer';
import { packTensors, unpackTensors } from './pack-tensors';

/** What an optimizer remembers of one variable. */
export interface VariableSlots {
  tensors: tf.Tensor[];
  /** Steps that the variable has taken. */
  step: number;
}

/** The tensors that an optimizer keeps per variable (moments, momentum), by the variable's name; zero at first. */
export class Slots {
  readonly #kind: string;
  readonly #count: number;
  readonly #variables = new Map<string, VariableSlots>();
  #step = 0;

  /** @param count  tensors per variable, each of its shape */
  constructor(kind: string, count: number) {
    this.#kind = kind;
    this.#count = count;
  }

  /** Counts a step of the optimizer. */
  startStep(): void {
    this.#step++;
  }

  /** The slots of a variable that is about to move; its step is counted, from 1. */
  next(name: string, { shape }: tf.Variable): VariableSlots {
    let slots = this.#variables.get(name);
    if (!slots) {
      slots = { tensors: Array.from({ length: this.#count }, () => tf.keep(tf.zeros(shape))), step: 0 };
      this.#variables.set(name, slots);
    }
    slots.step++;
    return slots;
  }

  /** Puts new tensors into a variable's slots and frees the old; a tensor that was there may stay. */
  replace(slots: VariableSlots, tensors: tf.Tensor[]): void {
    tf.dispose(slots.tensors.filter((tensor) => !tensors.includes(tensor)));
    slots.tensors = tensors.map((tensor) => tf.keep(tensor));
  }

  /** Downloads everything. */
  state(): OptimizerState {
    const slots = [...this.#variables.values()];
    return {
      kind: this.#kind,
      step: this.#step,
      names: [...this.#variables.keys()],
      steps: slots.map(({ step }) => step),
      slots: this.#count,
      values: packTensors(slots.flatMap(({ tensors }) => tensors)),
    };
  }

  /** Takes up a saved state. @throws TrainerError when it belongs to other variables or another kind; nothing has changed then */
  restore(state: OptimizerState, variables: NamedVariables): void {
    const { kind, step, names, steps, slots, values } = state;
    if (kind !== this.#kind || slots !== this.#count || steps.length !== names.length) {
      throw new TrainerError(
        `Expected the state of an optimizer '${this.#kind}' with ${this.#count} tensors per variable, found one of ` +
          `'${kind}' with ${slots}, and ${steps.length} step counts for ${names.length} variables. ` +
          'Go on with the optimizer and the options that it was saved from.',
      );
    }
    const tensors = unpackTensors(values, names, slots, variables, 'optimizer state');
    this.dispose();
    this.#step = step;
    names.forEach((name, i) => {
      this.#variables.set(name, { tensors: tensors.get(name) as tf.Tensor[], step: steps[i] });
    });
  }

  /** Frees everything; the next step starts from nothing. */
  dispose(): void {
    for (const { tensors } of this.#variables.values()) tf.dispose(tensors);
    this.#variables.clear();
    this.#step = 0;
  }
}
