import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';

/** What some weights of a model hold now, to put it back later: copies on WebAssembly, the same memory in TensorFlow. */
export class KeptWeights {
  readonly #weights: LayersModel['weights'];
  readonly #values: readonly tf.Tensor[];

  constructor(weights: LayersModel['weights']) {
    this.#weights = weights;
    this.#values = weights.map((weight) => tf.clone(weight.read()));
  }

  putBack(): void {
    this.#weights.forEach((weight, i) => weight.write(this.#values[i]));
  }

  dispose(): void {
    tf.dispose([...this.#values]);
  }
}
