import { SingleBar } from 'cli-progress';
import type { Reporter } from './reporter';

/** Progress on a terminal: a bar with the values, img/s and the time that is left. */
export class ProgressBar implements Reporter {
  readonly #stream: NodeJS.WriteStream;
  #bar: SingleBar | undefined;
  #count = 0;
  #since = 0;

  constructor(stream: NodeJS.WriteStream) {
    this.#stream = stream;
  }

  start(task: string, total: number, done = 0): void {
    this.stop();
    this.#count = 0;
    this.#since = performance.now();
    this.#bar = new SingleBar({
      format: `${task.padEnd(12)} {bar} {value}/{total}{values} | {rate} img/s | ETA {eta_formatted}`,
      barCompleteChar: '█',
      barIncompleteChar: '░',
      barsize: 24,
      hideCursor: true,
      etaBuffer: 200,
      stream: this.#stream,
    });
    this.#bar.start(total, done, { rate: '-', values: '' });
  }

  advance(count: number, values: Record<string, string> = {}): void {
    this.#count += count;
    const rate = (this.#count / (performance.now() - this.#since)) * 1000;
    const text = Object.entries(values).map(([name, value]) => ` | ${name} ${value}`);
    this.#bar?.increment(count, { rate: rate.toFixed(1), values: text.join('') });
  }

  stop(): void {
    this.#bar?.stop();
    this.#bar = undefined;
  }

  line(text: string): void {
    this.stop();
    this.#stream.write(`${text}\n`);
  }
}
