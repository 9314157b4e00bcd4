import * as tf from '@tensorflow/tfjs-core';
import { TrainerError } from '../trainer-error';
import type { NamedVariables, OptimizerState } from './optimizer';
import { packTensors, unpackTensors } from './pack-tensors';

/** What an optimizer remembers of one variable. */
export interface VariableSlots {
  readonly tensors: readonly tf.Variable[];
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

  /** Steps of the optimizer. */
  get step(): number {
    return this.#step;
  }

  /** Counts a step of the optimizer. */
  startStep(): void {
    this.#step++;
  }

  /** The slots of a variable. */
  of(name: string, { shape }: tf.Variable): VariableSlots {
    let slots = this.#variables.get(name);
    if (!slots) {
      slots = { tensors: Array.from({ length: this.#count }, () => slotOf(tf.zeros(shape))), step: 0 };
      this.#variables.set(name, slots);
    }
    return slots;
  }

  /** The slots of a variable that is about to move; its step is counted, from 1. */
  next(name: string, variable: tf.Variable): VariableSlots {
    const slots = this.of(name, variable);
    slots.step++;
    return slots;
  }

  /** Puts new tensors, which are disposed of, into a variable's slots; a slot may stand for itself. */
  replace({ tensors }: VariableSlots, next: readonly tf.Tensor[]): void {
    next.forEach((tensor, i) => {
      if (tensor === tensors[i]) return;
      tensors[i].assign(tensor);
      tensor.dispose();
    });
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
      this.#variables.set(name, { tensors: (tensors.get(name) as tf.Tensor[]).map(slotOf), step: steps[i] });
    });
  }

  /** Frees everything; the next step starts from nothing. */
  dispose(): void {
    for (const { tensors } of this.#variables.values()) tf.dispose([...tensors]);
    this.#variables.clear();
    this.#step = 0;
  }
}

/** A variable, so that a graph can keep it. @param value  disposed of */
function slotOf(value: tf.Tensor): tf.Variable {
  const slot = tf.variable(value, false);
  value.dispose();
  return slot;
}
