import { SingleBar } from 'cli-progress';

/** Where a long task tells how far it is. */
export interface Reporter {
  start(task: string, total: number): void;
  advance(count: number, values?: Record<string, string>): void;
  stop(): void;
  line(text: string): void;
}

/** A bar on a terminal, a line every ten seconds elsewhere, on stderr; messages go between the bars. */
export class ProgressReporter implements Reporter {
  #bar: SingleBar | undefined;
  #done = 0;
  #since = 0;

  start(task: string, total: number): void {
    this.stop();
    this.#done = 0;
    this.#since = performance.now();
    this.#bar = new SingleBar({
      format: `${task.padEnd(12)} {bar} {value}/{total} | {rate} img/s | ETA {eta_formatted}{values}`,
      barCompleteChar: '█',
      barIncompleteChar: '░',
      barsize: 24,
      hideCursor: true,
      noTTYOutput: true,
      notTTYSchedule: 10_000,
      etaBuffer: 200,
      stream: process.stderr,
    });
    this.#bar.start(total, 0, { rate: '-', values: '' });
  }

  advance(count: number, values: Record<string, string> = {}): void {
    this.#done += count;
    const rate = (this.#done / (performance.now() - this.#since)) * 1000;
    const text = Object.entries(values)
      .map(([name, value]) => ` | ${name} ${value}`)
      .join('');
    this.#bar?.update(this.#done, { rate: rate.toFixed(1), values: text });
  }

  stop(): void {
    this.#bar?.stop();
    this.#bar = undefined;
  }

  line(text: string): void {
    this.stop();
    process.stderr.write(`${text}\n`);
  }
}
