import { tensor, type NamedTensorMap, type Tensor, type Variable } from '@tensorflow/tfjs-core';
import type { InferenceSession, Tensor as OnnxTensor } from 'onnxruntime-node';
import { checkInputs } from '../../check-inputs';
import { CompileError, messageOf } from '../../compile-error';
import type { Graph, TensorType, ValueArray } from '../../graph/graph';
import { checkLoss, checkUpdates } from '../../training/check-updates';
import type { StepOptions, TrainingExecutable } from '../../training/training-executable';
import type { VariableUpdate } from '../../training/variable-update';
import { withUpdates, type GraphWithUpdates } from '../../training/with-updates';
import { emitOnnx } from '../emit-onnx';
import { loadOnnxRuntime } from '../load-onnx-runtime';
import { sessionError, sessionOptions, type OnnxProvider } from '../onnx-provider';
import { copyOf } from '../tensor-memory';
import { ResidentTensor } from './resident-tensor';
import { TensorReader } from './tensor-reader';

/**
 * Loads a graph of a loss and its gradients into ONNX Runtime, with the optimizer's steps as a part of it. Variables are
 * handed from step to step as they are there, with WebGPU in the GPU's memory.
 *
 * @param updates  one for each variable that moves; their gradients are outputs of the graph, which then are not returned
 * @param loss     the output, a float32 scalar, that must be finite for a step to change anything; default: none
 * @throws CompileError when an update names no output of the graph or one of another shape than its variable, two change
 *   the same variable, the loss is none, and as `openOnnx`
 */
export async function openOnnxTraining(
  graph: Graph,
  updates: readonly VariableUpdate[],
  loss?: string,
  provider: OnnxProvider = 'cpu',
): Promise<TrainingExecutable> {
  checkUpdates(graph, updates);
  if (loss !== undefined) checkLoss(graph, loss);
  const runtime = loadOnnxRuntime();
  const step = withUpdates(graph, updates);
  const stays = step.graph.variables.flatMap(({ after }, i) =>
    after ? [[`assigned_${i}`, 'gpu-buffer'] as const] : [],
  );
  const session = await runtime.InferenceSession.create(emitOnnx(step.graph, provider), {
    ...sessionOptions(provider),
    ...(provider === 'webgpu' && { preferredOutputLocation: Object.fromEntries(stays) }),
  }).catch((error: unknown) => {
    throw sessionError(provider, error);
  });
  const wrap = (values: ValueArray, { dtype, shape }: Pick<Tensor, 'dtype' | 'shape'>): OnnxTensor =>
    new runtime.Tensor(dtype as 'float32', values as Float32Array, shape);
  return new OnnxTraining(graph, step, loss, session, wrap);
}

type Wrap = (values: ValueArray, like: Pick<Tensor, 'dtype' | 'shape'>) => OnnxTensor;

class OnnxTraining implements TrainingExecutable {
  readonly #given: Graph;
  readonly #step: GraphWithUpdates;
  readonly #loss: string | undefined;
  readonly #session: InferenceSession;
  readonly #wrap: Wrap;
  /** In the order of the graph's variables. */
  readonly #residents: readonly ResidentTensor[];
  readonly #reader: TensorReader;
  /** Those that a step changes, by the model's name of what they hold afterwards. */
  readonly #changed: ReadonlyMap<string, ResidentTensor>;

  constructor(given: Graph, step: GraphWithUpdates, loss: string | undefined, session: InferenceSession, wrap: Wrap) {
    const { variables } = step.graph;
    this.#given = given;
    this.#step = step;
    this.#loss = loss;
    this.#session = session;
    this.#wrap = wrap;
    this.#residents = variables.map(({ variable }) => new ResidentTensor(variable));
    this.#reader = new TensorReader(variables.flatMap(({ after }) => after ?? []));
    this.#changed = new Map(
      variables.flatMap(({ after }, i) => (after ? [[`assigned_${i}`, this.#residents[i]] as const] : [])),
    );
  }

  async run(inputs: NamedTensorMap, options: StepOptions): Promise<NamedTensorMap> {
    checkInputs(this.#given.inputs, inputs);
    for (const resident of this.#residents) if (resident.isAssignedAnew) resident.load(this.#wrap);
    const made = await this.#session.run(this.#feeds(inputs, options), this.#fetches()).catch((error: unknown) => {
      throw new CompileError(`ONNX Runtime failed: ${messageOf(error)}`, { cause: error });
    });
    const outputs = [...this.#step.graph.outputs].map(([name, { dtype, shape }], i) => {
      return [name, tensor(made[`output_${i}`].data as ValueArray, [...shape], dtype as TensorType)] as const;
    });
    const results: NamedTensorMap = Object.fromEntries(outputs);
    const isKept = this.#loss === undefined || Number.isFinite(results[this.#loss].dataSync()[0]);
    for (const [name, resident] of this.#changed) resident.take(made[name], isKept);
    return results;
  }

  async sync(variables?: readonly Variable[]): Promise<void> {
    const wanted = variables && new Set(variables);
    const isWanted = (resident: ResidentTensor): boolean =>
      resident.isAhead && !resident.isAssignedAnew && (wanted?.has(resident.variable) ?? true);
    const changed = [...this.#changed.values()];
    if (changed.some(isWanted)) {
      const values = await this.#read(changed.map(({ current }) => current!));
      changed.forEach((resident, i) => isWanted(resident) && resident.store(values[i]));
    }
    for (const resident of this.#residents) if (!resident.isAhead || resident.isAssignedAnew) resident.forget();
  }

  discard(): void {
    for (const resident of this.#residents) resident.forget();
  }

  async dispose(): Promise<void> {
    for (const resident of this.#residents) resident.dispose();
    await this.#reader.dispose();
    await this.#session.release();
  }

  async #read(tensors: readonly OnnxTensor[]): Promise<ValueArray[]> {
    if (tensors.every(({ location }) => location === 'cpu')) return tensors.map(({ data }) => data as ValueArray);
    return this.#reader.read(tensors).catch((error: unknown) => {
      const what = 'The variables in the GPU could not be read, and the steps since the last sync are lost';
      throw new CompileError(`${what}: ${messageOf(error)}`, { cause: error });
    });
  }

  #feeds(inputs: NamedTensorMap, options: StepOptions): Record<string, OnnxTensor> {
    const numbers = this.#step.numbers.valuesAt(options);
    const feeds: Record<string, OnnxTensor> = {};
    [...this.#step.graph.inputs.keys()].forEach((name, i) => {
      const number = numbers.get(name);
      feeds[`input_${i}`] =
        number === undefined
          ? this.#wrap(copyOf(inputs[name]), inputs[name])
          : this.#wrap(Float32Array.of(number), { dtype: 'float32', shape: [] });
    });
    this.#residents.forEach(({ current }, i) => (feeds[`variable_${i}`] = current!));
    return feeds;
  }

  #fetches(): Record<string, OnnxTensor | null> {
    const fetches: Record<string, OnnxTensor | null> = {};
    [...this.#step.graph.outputs].forEach((_, i) => (fetches[`output_${i}`] = null));
    for (const [name, { spare }] of this.#changed) fetches[name] = spare ?? null;
    return fetches;
  }
}
