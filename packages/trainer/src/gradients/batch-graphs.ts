import type { TrainingBatch } from '../data/training-data';
import type { CompiledPass } from './compiled-pass';
import { CompiledStep } from './compiled-step';

export type Compiled<B extends TrainingBatch, Targets> = CompiledPass<B, Targets> | CompiledStep<B, Targets>;

/**
 * The graphs of a run: one for full batches, and one for the last smaller size that was asked for. Steps that a graph takes
 * stay in it until `sync`, or until a graph of another size is asked for.
 */
export class BatchGraphs<B extends TrainingBatch, Targets> {
  readonly #full: number;
  /** By the size of their batches. */
  readonly #graphs = new Map<number, Compiled<B, Targets>>();
  /** The only one whose steps the model and the optimizer may lack. */
  #last: Compiled<B, Targets> | undefined;

  /** @param full  size of a full batch */
  constructor(full: number) {
    this.#full = full;
  }

  /** The graph that was asked for last, where it moves the weights. */
  get step(): CompiledStep<B, Targets> | undefined {
    return this.#last instanceof CompiledStep ? this.#last : undefined;
  }

  /** The graph for batches of a size, to be used before another is asked for. @param compile  makes it where there is none */
  async of(size: number, compile: () => Promise<Compiled<B, Targets>>): Promise<Compiled<B, Targets>> {
    let graph = this.#graphs.get(size);
    if (graph && graph === this.#last) return graph;
    await this.sync();
    this.#last = undefined;
    if (!graph) {
      if (size !== this.#full) await this.#disposeOf([...this.#graphs.keys()].filter((other) => other !== this.#full));
      graph = await compile();
      this.#graphs.set(size, graph);
    }
    return (this.#last = graph);
  }

  /** Brings the model and the optimizer up to date. */
  async sync(): Promise<void> {
    await this.step?.sync();
  }

  /** Frees all graphs, after a `sync`. */
  async forget(): Promise<void> {
    try {
      await this.sync();
    } finally {
      this.#last = undefined;
      await this.#disposeOf([...this.#graphs.keys()]);
    }
  }

  async #disposeOf(sizes: readonly number[]): Promise<void> {
    const graphs = sizes.map((size) => this.#graphs.get(size));
    for (const size of sizes) this.#graphs.delete(size);
    for (const graph of graphs) await graph?.dispose();
  }
}
