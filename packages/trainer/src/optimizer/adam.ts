import * as tf from '@tensorflow/tfjs-core';
import { TrainerError } from '../trainer-error';

export interface AdamOptions {
  /** Default 0.9. */
  beta1?: number;
  /** Default 0.999. */
  beta2?: number;
  /** Added to the root of the second moment. Default 1e-8. */
  epsilon?: number;
}

/** Variables by a name that is the same in every process (tfjs' own `variable.name` gets a number when a name is used twice). */
export type NamedVariables = Readonly<Record<string, tf.Variable>>;

/** State as plain numbers: first and second moment of every variable, one after the other, in the order of `names`. */
export interface AdamState {
  step: number;
  names: string[];
  moments: Float32Array;
}

interface Moments {
  first: tf.Tensor;
  second: tf.Tensor;
}

/**
 * Adam (Kingma & Ba 2015, algorithm 1) in PyTorch's form (torch/optim/adam.py): both moments bias-corrected, epsilon
 * outside of the root. A parameter without gradient is left alone. Uses the engine's own kernel `AdamUpdate` where it
 * has one.
 */
export class Adam {
  readonly #options: Required<AdamOptions>;
  readonly #moments = new Map<string, Moments>();
  #step = 0;

  constructor(options: AdamOptions = {}) {
    this.#options = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, ...options };
  }

  /**
   * Moves every variable that has a gradient one step.
   *
   * @param gradients  by `variable.name`, as `tf.variableGrads` returns them
   */
  apply(variables: NamedVariables, gradients: tf.NamedTensorMap, learningRate: number): void {
    this.#step++;
    for (const [name, variable] of Object.entries(variables)) {
      const gradient = gradients[variable.name];
      if (!gradient) continue;
      const moments = this.#moments.get(name) ?? zeroMoments(variable);
      this.#moments.set(name, this.#update(variable, gradient, moments, learningRate));
    }
  }

  /** Downloads the state. */
  state(): AdamState {
    const names = [...this.#moments.keys()];
    const parts = [...this.#moments.values()].flatMap(({ first, second }) => [first.dataSync(), second.dataSync()]);
    const moments = new Float32Array(parts.reduce((length, part) => length + part.length, 0));
    let at = 0;
    for (const part of parts) {
      moments.set(part, at);
      at += part.length;
    }
    return { step: this.#step, names, moments };
  }

  /** Takes up a saved state for these variables. @throws TrainerError when it belongs to other variables */
  restore({ step, names, moments }: AdamState, variables: NamedVariables): void {
    const missing = names.find((name) => !Object.hasOwn(variables, name));
    if (missing !== undefined) {
      throw new TrainerError(`The optimizer state holds '${missing}', which the model does not have.`);
    }
    const length = names.reduce((sum, name) => sum + 2 * variables[name].size, 0);
    if (length !== moments.length) {
      throw new TrainerError(`Expected ${length} numbers of optimizer state for this model, found ${moments.length}.`);
    }
    this.dispose();
    this.#step = step;
    let at = 0;
    const next = ({ shape, size }: tf.Variable) => tf.keep(tf.tensor(moments.slice(at, (at += size)), shape));
    for (const name of names) {
      this.#moments.set(name, { first: next(variables[name]), second: next(variables[name]) });
    }
  }

  /** Frees the moments; the next step starts from nothing. */
  dispose(): void {
    for (const { first, second } of this.#moments.values()) tf.dispose([first, second]);
    this.#moments.clear();
    this.#step = 0;
  }

  /** Assigns the variable's next value; gives the next moments. */
  #update(variable: tf.Variable, gradient: tf.Tensor, moments: Moments, learningRate: number): Moments {
    const { beta1, beta2, epsilon } = this.#options;
    const step = this.#step;
    if (tf.getKernel('AdamUpdate', tf.getBackend())) {
      const inputs = { value: variable, gradient, firstMoment: moments.first, secondMoment: moments.second };
      const attributes = { learningRate, beta1, beta2, epsilon, step };
      const value = tf.engine().runKernel<tf.Tensor>('AdamUpdate', inputs, attributes); // overwrites the moments
      variable.assign(value);
      value.dispose();
      return moments;
    }
    const [value, first, second] = tf.tidy(() => {
      const m = tf.add(tf.mul(moments.first, beta1), tf.mul(gradient, 1 - beta1));
      const v = tf.add(tf.mul(moments.second, beta2), tf.mul(tf.square(gradient), 1 - beta2));
      const root = tf.add(tf.mul(tf.sqrt(v), 1 / Math.sqrt(1 - beta2 ** step)), epsilon);
      const change = tf.mul(tf.div(m, root), learningRate / (1 - beta1 ** step));
      return [tf.sub(variable, change), m, v];
    });
    variable.assign(value);
    tf.dispose([value, moments.first, moments.second]);
    return { first: tf.keep(first), second: tf.keep(second) };
  }
}

function zeroMoments(variable: tf.Variable): Moments {
  return { first: tf.keep(tf.zeros(variable.shape)), second: tf.keep(tf.zeros(variable.shape)) };
}
