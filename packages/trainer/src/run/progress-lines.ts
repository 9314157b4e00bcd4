import type { Reporter } from './reporter';

/** At most one line in this time, milliseconds, and one at the end of the task. */
const INTERVAL = 10_000;

/** Progress where there is no terminal (a log file, CI): whole lines, few of them. */
export class ProgressLines implements Reporter {
  readonly #stream: NodeJS.WritableStream;
  #task: { name: string; total: number; done: number; count: number; since: number; shown: number } | undefined;
  #values = '';

  constructor(stream: NodeJS.WritableStream) {
    this.#stream = stream;
  }

  start(name: string, total: number, done = 0): void {
    this.stop();
    const now = performance.now();
    this.#task = { name, total, done, count: 0, since: now, shown: now };
    this.#values = '';
  }

  advance(count: number, values: Record<string, string> = {}): void {
    const task = this.#task;
    if (!task) return;
    task.done += count;
    task.count += count;
    this.#values = Object.entries(values)
      .map(([name, value]) => ` | ${name} ${value}`)
      .join('');
    const now = performance.now();
    if (now - task.shown < INTERVAL || task.done >= task.total) return;
    task.shown = now;
    const left = Math.round(((now - task.since) / 1000 / task.count) * (task.total - task.done));
    this.#show(`ETA ${left} s`);
  }

  stop(): void {
    const task = this.#task;
    if (!task) return;
    this.#show(`${((performance.now() - task.since) / 1000).toFixed(1)} s`);
    this.#task = undefined;
  }

  line(text: string): void {
    this.stop();
    this.#stream.write(`${text}\n`);
  }

  #show(end: string): void {
    const task = this.#task;
    if (!task) return;
    const seconds = (performance.now() - task.since) / 1000;
    const rate = task.count > 0 ? ` | ${(task.count / seconds).toFixed(1)} img/s` : '';
    this.#stream.write(`${task.name} ${task.done}/${task.total}${this.#values}${rate} | ${end}\n`);
  }
}
