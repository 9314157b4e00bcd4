import type { NamedTensorMap, Tensor } from '@tensorflow/tfjs-core';
import type { InferenceSession, Tensor as OnnxTensor } from 'onnxruntime-node';
import { CompileError, messageOf } from '../compile-error';
import type { Executable } from '../executable';
import type { Graph, Value, ValueArray, ValueType } from '../graph/graph';
import { emitOnnx, modelOutputs } from './emit-onnx';
import { loadOnnxRuntime } from './load-onnx-runtime';
import { allocateOutput, valuesOf, type OutputMemory } from './tensor-memory';

/**
 * Loads a graph into ONNX Runtime, on the CPU.
 *
 * @throws CompileError where onnxruntime-node is missing, for a kernel without a counterpart in ONNX, and when ONNX
 *   Runtime refuses the model
 */
export async function openOnnx(graph: Graph): Promise<Executable> {
  const runtime = loadOnnxRuntime();
  const session = await runtime.InferenceSession.create(emitOnnx(graph), {
    executionProviders: ['cpu'],
    graphOptimizationLevel: 'all',
    enableCpuMemArena: true,
    enableMemPattern: true,
    logSeverityLevel: 3, // errors
  }).catch((error: unknown) => {
    throw new CompileError(`ONNX Runtime does not take the graph: ${messageOf(error)}`, { cause: error });
  });
  return new OnnxExecutable(graph, session, (type, data, dims) => new runtime.Tensor(type, data as Float32Array, dims));
}

type WrapArray = (type: ValueType, data: ValueArray, dims: readonly number[]) => OnnxTensor;

class OnnxExecutable implements Executable {
  readonly #graph: Graph;
  readonly #session: InferenceSession;
  readonly #wrap: WrapArray;

  constructor(graph: Graph, session: InferenceSession, wrap: WrapArray) {
    this.#graph = graph;
    this.#session = session;
    this.#wrap = wrap;
  }

  async run(inputs: NamedTensorMap): Promise<NamedTensorMap> {
    const { variables, outputs } = this.#graph;
    const given = [...checkedInputs(this.#graph, inputs), ...variables.map(({ variable }) => variable)];
    const memory = modelOutputs(this.#graph).map(([name, value]) => ({ name, value, output: allocateOutput(value) }));
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

  async dispose(): Promise<void> {
    await this.#session.release();
  }

  /** Takes views of memory and runs; once more where it moved before ONNX Runtime began, which it does on the next tick. */
  async #runOn(given: readonly Tensor[], memory: readonly ModelOutput[]): Promise<void> {
    const feeds: Record<string, OnnxTensor> = {};
    const { inputs } = this.#graph;
    given.forEach((tensor, i) => {
      const name = i < inputs.size ? `input_${i}` : `variable_${i - inputs.size}`;
      feeds[name] = this.#wrap(tensor.dtype as ValueType, valuesOf(tensor), tensor.shape);
    });
    const fetches: Record<string, OnnxTensor> = {};
    for (const { name, value, output } of memory) fetches[name] = this.#wrap(value.dtype, output.array(), value.shape);
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

/** In the graph's order. @throws CompileError */
function checkedInputs(graph: Graph, inputs: NamedTensorMap): Tensor[] {
  return [...graph.inputs].map(([name, { shape, dtype }]) => {
    const tensor = inputs[name] as Tensor | undefined;
    if (tensor?.dtype === dtype && tensor.shape.join() === shape.join()) return tensor;
    const found = tensor ? `${tensor.dtype} [${tensor.shape.join(', ')}]` : 'none';
    throw new CompileError(
      `Expected input '${name}' of ${dtype} [${shape.join(', ')}], found ${found}. Trace the function for each shape.`,
    );
  });
}
