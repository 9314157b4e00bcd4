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

/** State as plain numbers: both moments of every variable, one after the other, in the order of `names`. */
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

  /** Moves every variable that has a gradient (by variable name) one step. */
  apply(variables: readonly tf.Variable[], gradients: tf.NamedTensorMap, learningRate: number): void {
    this.#step++;
    for (const variable of variables) {
      const gradient = gradients[variable.name];
      if (!gradient) continue;
      const old = this.#moments.get(variable.name);
      const moments = old ?? zeroMoments(variable);
      const [value, first, second] = this.#update(variable, gradient, moments, learningRate);
      variable.assign(value);
      tf.dispose([value, moments.first, moments.second]);
      this.#moments.set(variable.name, { first: tf.keep(first), second: tf.keep(second) });
    }
  }

  /** Downloads the state. */
  state(): AdamState {
    const names = [...this.#moments.keys()];
    const parts = names.flatMap((name) => {
      const { first, second } = this.#moments.get(name) as Moments;
      return [first.dataSync() as Float32Array, second.dataSync() as Float32Array];
    });
    const moments = new Float32Array(parts.reduce((length, part) => length + part.length, 0));
    let at = 0;
    for (const part of parts) {
      moments.set(part, at);
      at += part.length;
    }
    return { step: this.#step, names, moments };
  }

  /** Takes up a saved state for these variables. @throws TrainerError when it belongs to other variables */
  restore({ step, names, moments }: AdamState, variables: readonly tf.Variable[]): void {
    this.dispose();
    this.#step = step;
    const byName = new Map(variables.map((variable) => [variable.name, variable]));
    let at = 0;
    const next = (shape: number[]) => {
      const size = tf.util.sizeFromShape(shape);
      const part = moments.slice(at, at + size);
      at += size;
      return tf.tensor(part, shape);
    };
    for (const name of names) {
      const variable = byName.get(name);
      if (!variable) throw new TrainerError(`The optimizer state holds '${name}', which the model does not have.`);
      this.#moments.set(name, { first: next(variable.shape), second: next(variable.shape) });
    }
    if (at !== moments.length) {
      throw new TrainerError(`Expected ${at} numbers of optimizer state for this model, found ${moments.length}.`);
    }
  }

  dispose(): void {
    for (const { first, second } of this.#moments.values()) tf.dispose([first, second]);
    this.#moments.clear();
  }

  #update(value: tf.Variable, gradient: tf.Tensor, { first, second }: Moments, learningRate: number): tf.Tensor[] {
    const { beta1, beta2, epsilon } = this.#options;
    const step = this.#step;
    if (tf.getKernel('AdamUpdate', tf.getBackend())) {
      return tf.engine().runKernel(
        'AdamUpdate',
        { value, gradient, firstMoment: first, secondMoment: second },
        { learningRate, beta1, beta2, epsilon, step },
      ) as tf.Tensor[];
    }
    return tf.tidy(() => {
      const m = tf.add(tf.mul(first, beta1), tf.mul(gradient, 1 - beta1));
      const v = tf.add(tf.mul(second, beta2), tf.mul(tf.square(gradient), 1 - beta2));
      const root = tf.add(tf.mul(tf.sqrt(v), 1 / Math.sqrt(1 - beta2 ** step)), epsilon);
      const change = tf.mul(tf.div(m, root), learningRate / (1 - beta1 ** step));
      return [tf.sub(value, change), m, v];
    });
  }
}

function zeroMoments(variable: tf.Variable): Moments {
  return { first: tf.zeros(variable.shape), second: tf.zeros(variable.shape) };
}
