import type { InferenceSession, Tensor as OnnxTensor } from 'onnxruntime-node';
import type { Graph, Value, ValueArray } from '../../graph/graph';
import { emitOnnx } from '../emit-onnx';
import { loadOnnxRuntime } from '../load-onnx-runtime';
import { sessionOptions } from '../onnx-provider';

/** Reads tensors in a GPU's memory. onnxruntime-node cannot, but it can run a model that does nothing, to the CPU's. */
export class TensorReader {
  readonly #values: readonly Value[];
  #session: Promise<InferenceSession> | undefined;

  /** @param values  of the tensors' shapes and types, in their order */
  constructor(values: readonly Value[]) {
    this.#values = values;
  }

  async read(tensors: readonly OnnxTensor[]): Promise<ValueArray[]> {
    this.#session ??= this.#open();
    const session = await this.#session;
    const feeds = Object.fromEntries(tensors.map((tensor, i) => [`input_${i}`, tensor]));
    const found = await session.run(feeds);
    return tensors.map((_, i) => found[`output_${i}`].data as ValueArray);
  }

  async dispose(): Promise<void> {
    await (await this.#session)?.release();
  }

  #open(): Promise<InferenceSession> {
    const named = new Map(this.#values.map((value, i) => [`${i}`, value]));
    const graph: Graph = { inputs: named, outputs: named, operations: [], constants: new Map(), variables: [] };
    return loadOnnxRuntime().InferenceSession.create(emitOnnx(graph, 'webgpu'), sessionOptions('webgpu'));
  }
}
