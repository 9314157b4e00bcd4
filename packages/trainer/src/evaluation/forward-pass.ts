import * as tf from '@tensorflow/tfjs-core';
import type { FusedNetwork } from '@pose/pose-models';
import type { PredictingNetwork } from '@pose/predictor';
import { compile, defaultRuntime, type Executable, type Runtime } from '@pose/tfjs-compile';
import { RUNTIME_NAMES, type CompileMode } from '../gradients/compile-mode';
import { fasterOfTwo } from '../gradients/measure-step';
import { timeOpByOp } from '../gradients/time-op-by-op';
import { named, partOf } from '../gradients/traced-pass';
import { asArray, namedVariables } from '../train-step';

/** A network as evaluators are given it: with `run`, it may be compiled. */
export type EvaluatedNetwork = FusedNetwork & PredictingNetwork;

/** For batches of `count` images. */
interface ForwardGraph {
  count: number;
  executable: Executable;
}

/**
 * The forward pass of a network in inference mode, op by op or compiled. Its graph is given the weights at each run: one
 * serves all evaluations of a training, whatever the weights are by then. What fails to compile or to run goes on op by op,
 * and says so once.
 */
export class ForwardPass {
  static readonly OP_BY_OP = new ForwardPass('off', () => undefined);
  readonly #line: (text: string) => void;
  /** Absent where batches go op by op, from the start or from a failure on. */
  #runtime: Runtime | undefined;
  /** Whether it is still to be measured which way is faster. */
  #undecided: boolean;
  #graph: ForwardGraph | undefined;

  /** @param line  receives what was chosen and why, one line each */
  constructor(mode: CompileMode, line: (text: string) => void) {
    this.#line = line;
    this.#undecided = mode === 'auto';
    this.#runtime = mode === 'off' ? undefined : mode === 'auto' ? defaultRuntime() : mode;
  }

  /** The way that batches go, once it is decided. */
  get decision(): Exclude<CompileMode, 'auto'> | undefined {
    return this.#undecided ? undefined : (this.#runtime ?? 'off');
  }

  /** @param network  of one architecture in all calls; its weights may be others each time */
  of(network: FusedNetwork): Required<EvaluatedNetwork> {
    return {
      inputs: network.inputs,
      outputs: network.outputs,
      weights: network.weights,
      predict: network.predict.bind(network),
      apply: network.apply.bind(network),
      dispose: network.dispose.bind(network),
      run: (images) => this.#run(network, images),
    };
  }

  /** Frees the graph; it is compiled anew when it is needed. */
  async dispose(): Promise<void> {
    const graph = this.#graph;
    this.#graph = undefined;
    await graph?.executable.dispose();
  }

  async #run(network: FusedNetwork, images: tf.Tensor4D): Promise<tf.Tensor[]> {
    if (this.#runtime) {
      try {
        const graph = await this.#graphFor(network, images, this.#runtime);
        if (this.#undecided) await this.#decide(graph, network, images, this.#runtime);
        if (this.#graph) return await runGraph(graph, network, images);
      } catch (error) {
        await this.#giveUp(`Evaluation goes on op by op: ${(error as Error).message}`);
      }
    }
    return runOpByOp(network, images);
  }

  /** Evaluations begin with a full batch. A larger one, of other data, gets a graph in place of the one before. */
  async #graphFor(network: FusedNetwork, images: tf.Tensor4D, runtime: Runtime): Promise<ForwardGraph> {
    const [count] = images.shape;
    if (this.#graph && this.#graph.count >= count) return this.#graph;
    await this.dispose();
    const forward = (given: tf.NamedTensorMap) => named('output', asArray(network.apply(given['images'])));
    const executable = await compile(forward, { images }, { runtime, parameters: weightsOf(network) });
    return (this.#graph = { count, executable });
  }

  async #decide(graph: ForwardGraph, network: FusedNetwork, images: tf.Tensor4D, runtime: Runtime): Promise<void> {
    this.#undecided = false;
    const asGraph = await fasterOfTwo(async () => readAndDispose(await runGraph(graph, network, images)));
    const opByOp = await timeOpByOp('op by op', () =>
      fasterOfTwo(async () => readAndDispose(runOpByOp(network, images))),
    );
    const graphInWords = `one graph of ${RUNTIME_NAMES[runtime]}`;
    const times = `${Math.round(asGraph)} ms for ${images.shape[0]} images as ${graphInWords}${opByOp.words}`;
    if (asGraph < opByOp.milliseconds) this.#line(`Evaluation compiled: ${times}`);
    else await this.#giveUp(`Evaluation not compiled: ${times}`);
  }

  async #giveUp(reason: string): Promise<void> {
    this.#undecided = false;
    this.#runtime = undefined;
    this.#line(reason);
    await this.dispose();
  }
}

const weightsOf = (network: FusedNetwork) => named('weight', namedVariables(network.weights));

function runOpByOp(network: FusedNetwork, images: tf.Tensor4D): tf.Tensor[] {
  return tf.tidy(() => asArray(network.apply(images)));
}

/** A smaller batch is filled up with black images: that is less work than another graph. */
async function runGraph(
  { executable, count }: ForwardGraph,
  network: FusedNetwork,
  images: tf.Tensor4D,
): Promise<tf.Tensor[]> {
  const [own] = images.shape;
  const filled =
    own === count
      ? images
      : tf.pad(images, [
          [0, count - own],
          [0, 0],
          [0, 0],
          [0, 0],
        ]);
  try {
    const outputs = Object.values(partOf(await executable.run({ images: filled, ...weightsOf(network) }), 'output'));
    if (own === count) return outputs;
    const slices = outputs.map((output) => tf.slice(output, 0, own));
    tf.dispose(outputs);
    return slices;
  } finally {
    if (filled !== images) filled.dispose();
  }
}

/** The time that a batch takes is known when its outputs are there. */
async function readAndDispose(outputs: tf.Tensor[]): Promise<void> {
  await Promise.all(outputs.map((output) => output.data())).finally(() => tf.dispose(outputs));
}
