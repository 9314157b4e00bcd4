import type { CompiledRow, Task } from './compiled';
import { PYTORCH_EAGER, startWay, type Work } from './compiled-ways';
import { median } from './median';
import type { StepProcess } from './step-process';

/** PyTorch eager, which takes a step whenever another way has taken one; nothing where it is not there or has failed. */
export class CompiledReference {
  readonly #times: Record<Task, number[]> = { train: [], forward: [] };
  #process: StepProcess | undefined;
  #reason: string | undefined;

  static async start(work: Work, limit: number): Promise<CompiledReference> {
    const reference = new CompiledReference();
    try {
      reference.#process = await startWay(PYTORCH_EAGER, work, limit);
    } catch (error) {
      reference.#reason = (error as Error).message;
    }
    for (const task of ['train', 'forward'] as const) await reference.step(task); // warms up
    reference.#times.train = [];
    reference.#times.forward = [];
    return reference;
  }

  /** @returns seconds */
  async step(task: Task): Promise<number | undefined> {
    try {
      const seconds = await this.#process?.ask(task);
      if (seconds !== undefined) this.#times[task].push(seconds);
      return seconds;
    } catch (error) {
      this.#reason = (error as Error).message;
      this.#process = undefined;
    }
  }

  /** @throws Error when the network of the other process has another number of parameters */
  requireSameNetwork(other: StepProcess, model: string): void {
    const [ours, theirs] = [other, this.#process].map((one) => one?.greeting.parameters);
    if (theirs === undefined || ours === theirs) return;
    throw new Error(
      `${model} has ${ours} parameters here and its twin in bench/python has ${theirs}: expected the same.`,
    );
  }

  /** Ends it. */
  async finish(): Promise<CompiledRow> {
    const timing = (task: Task) => {
      const times = this.#times[task];
      return times.length > 0 ? { seconds: median(times), overPyTorch: 1 } : undefined;
    };
    const row: CompiledRow = { way: PYTORCH_EAGER.name, train: timing('train'), forward: timing('forward') };
    if (!this.#process) return { ...row, reason: this.#reason };
    const { runtime } = this.#process.greeting;
    const memory = await this.#process.ask('memory');
    await this.#process.stop();
    return { ...row, runtime, memory };
  }
}
