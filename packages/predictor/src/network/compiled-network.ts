import * as tf from '@tensorflow/tfjs-core';
import type { FusedNetwork } from '@pose/pose-models';

/** Makes one graph of a function of tensors: `compile` of @pose/tfjs-compile. */
export type Compile = (
  fn: (inputs: tf.NamedTensorMap) => tf.NamedTensorMap,
  exampleInputs: tf.NamedTensorMap,
  options: { frozen: boolean },
) => Promise<CompiledFunction>;

export interface CompiledFunction {
  run(inputs: tf.NamedTensorMap): Promise<tf.NamedTensorMap>;
  dispose(): Promise<void>;
}

/** What predicts: a network op by op, or compiled. */
export type PredictingNetwork = Pick<FusedNetwork, 'inputs' | 'outputs' | 'apply'> & {
  /** All outputs, for the caller to dispose of. */
  run?(images: tf.Tensor4D): Promise<tf.Tensor[]>;
};

/**
 * Runs a network as one graph for each batch size, made when the size first comes. Where that fails the network goes on
 * op by op, with one warning on the console.
 */
export class CompiledNetwork implements PredictingNetwork {
  readonly inputs: FusedNetwork['inputs'];
  readonly outputs: FusedNetwork['outputs'];
  readonly apply: FusedNetwork['apply'];
  readonly #compile: Compile;
  /** By the number of images. */
  readonly #graphs = new Map<number, Promise<CompiledFunction>>();
  #failed = false;

  constructor(network: FusedNetwork, compile: Compile) {
    this.inputs = network.inputs;
    this.outputs = network.outputs;
    this.apply = network.apply.bind(network);
    this.#compile = compile;
  }

  async run(images: tf.Tensor4D): Promise<tf.Tensor[]> {
    if (!this.#failed) {
      try {
        const results = await (await this.#graphFor(images)).run({ images });
        return this.outputs.map((_, i) => results[`output${i}`]);
      } catch (error) {
        this.#failed = true;
        console.warn(`The network goes on op by op, not compiled: ${(error as Error).message}`);
      }
    }
    return tf.tidy(() => this.#all(images));
  }

  /** Frees the graphs. */
  dispose(): void {
    for (const graph of this.#graphs.values()) {
      graph.then(
        (compiled) => compiled.dispose(),
        () => undefined,
      );
    }
    this.#graphs.clear();
  }

  #graphFor(images: tf.Tensor4D): Promise<CompiledFunction> {
    const [count] = images.shape;
    let graph = this.#graphs.get(count);
    if (!graph) {
      const all = (given: tf.NamedTensorMap) =>
        Object.fromEntries(this.#all(given['images']).map((output, i) => [`output${i}`, output]));
      graph = this.#compile(all, { images }, { frozen: true });
      this.#graphs.set(count, graph);
    }
    return graph;
  }

  #all(images: tf.Tensor): tf.Tensor[] {
    const outputs = this.apply(images) as tf.Tensor | tf.Tensor[];
    return Array.isArray(outputs) ? outputs : [outputs];
  }
}
