import type { NamedTensorMap, Tensor } from '@tensorflow/tfjs-core';
import type { InferenceSession, Tensor as OnnxTensor } from 'onnxruntime-node';
import { checkInputs } from '../check-inputs';
import { CompileError, messageOf } from '../compile-error';
import type { Executable } from '../executable';
import { tensorType, type Graph, type TensorType, type Value, type ValueArray } from '../graph/graph';
import { emitOnnx, modelOutputs } from './emit-onnx';
import { loadOnnxRuntime } from './load-onnx-runtime';
import { sessionError, sessionOptions, type OnnxProvider } from './onnx-provider';
import { HandOver, type OutputMemory } from './tensor-memory';

/**
 * Loads a graph into ONNX Runtime.
 *
 * @param provider  that runs it; a GPU's is handed the inputs and variables at each run
 * @throws CompileError where onnxruntime-node is missing, for a kernel without a counterpart in ONNX, and when ONNX
 *   Runtime refuses the model, or finds no GPU for it
 */
export async function openOnnx(graph: Graph, provider: OnnxProvider = 'cpu'): Promise<Executable> {
  return openModel(graph, emitOnnx(graph, provider), provider);
}

/** @param model  the graph as `emitOnnx` writes it, for this provider or another */
export async function openModel(graph: Graph, model: Uint8Array, provider: OnnxProvider): Promise<Executable> {
  const runtime = loadOnnxRuntime();
  const session = await runtime.InferenceSession.create(model, sessionOptions(provider)).catch((error: unknown) => {
    throw sessionError(provider, error);
  });
  return new OnnxExecutable(graph, session, (type, data, dims) => new runtime.Tensor(type, data as Float32Array, dims));
}

type WrapArray = (type: TensorType, data: ValueArray, dims: readonly number[]) => OnnxTensor;

class OnnxExecutable implements Executable {
  readonly #graph: Graph;
  readonly #session: InferenceSession;
  readonly #wrap: WrapArray;
  readonly #handOver = new HandOver();
  #lastRun: Promise<unknown> = Promise.resolve();

  constructor(graph: Graph, session: InferenceSession, wrap: WrapArray) {
    this.#graph = graph;
    this.#session = session;
    this.#wrap = wrap;
  }

  /** One after the other: runs share the arrays that hand tensors over. */
  run(inputs: NamedTensorMap): Promise<NamedTensorMap> {
    const results = this.#lastRun.then(() => this.#runOnce(inputs));
    this.#lastRun = results.catch(() => undefined);
    return results;
  }

  async dispose(): Promise<void> {
    await this.#session.release();
  }

  async #runOnce(inputs: NamedTensorMap): Promise<NamedTensorMap> {
    const { inputs: expected, variables, outputs } = this.#graph;
    checkInputs(expected, inputs);
    const named = [...expected.keys()].map((name) => inputs[name]);
    const given = [...named, ...variables.map(({ variable }) => variable)];
    const memory = modelOutputs(this.#graph).map(([name, value]): ModelOutput => {
      return { name, value, output: this.#handOver.allocate(name, value) };
    });
    try {
      await this.#runOn(given, memory);
    } catch (error) {
      for (const { output } of memory) output.dispose();
      throw new CompileError(`ONNX Runtime failed: ${messageOf(error)}`, { cause: error });
    }
    const made = memory.map(({ output }) => output.toTensor());
    const results = [...outputs.keys()].map((name, i) => [name, made[i]] as const);
    variables
      .filter(({ after }) => after)
      .forEach(({ variable }, i) => {
        const next = made[outputs.size + i];
        variable.assign(next);
        next.dispose();
      });
    return Object.fromEntries(results);
  }

  /** Takes views of memory and runs; once more where it moved before ONNX Runtime began, which it does on the next tick. */
  async #runOn(given: readonly Tensor[], memory: readonly ModelOutput[]): Promise<void> {
    const feeds: Record<string, OnnxTensor> = {};
    const { inputs } = this.#graph;
    given.forEach((tensor, i) => {
      const name = i < inputs.size ? `input_${i}` : `variable_${i - inputs.size}`;
      feeds[name] = this.#wrap(tensor.dtype as TensorType, this.#handOver.valuesOf(tensor, name), tensor.shape);
    });
    const fetches: Record<string, OnnxTensor> = {};
    for (const { name, value, output } of memory) {
      fetches[name] = this.#wrap(tensorType(value), output.array(), value.shape);
    }
    const arrays = [...Object.values(feeds), ...Object.values(fetches)].map(({ data }) => data as ValueArray);
    const sizes = arrays.map(({ length }) => length);
    try {
      await this.#session.run(feeds, fetches);
    } catch (error) {
      if (arrays.every(({ length }, i) => length === sizes[i])) throw error;
      await this.#runOn(given, memory);
    }
  }
}

interface ModelOutput {
  readonly name: string;
  readonly value: Value;
  readonly output: OutputMemory;
}
