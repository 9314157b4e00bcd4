import { ProgressLines } from './progress-lines';
import { ProgressBar } from './progress-bar';
import type { Reporter } from './reporter';

/** A bar where the stream is a terminal, a line every ten seconds elsewhere; messages go between the tasks. */
export class ProgressReporter implements Reporter {
  readonly #reporter: Reporter;

  /** @param stream  default stderr, so that stdout is left to results */
  constructor(stream: NodeJS.WriteStream = process.stderr) {
    this.#reporter = stream.isTTY ? new ProgressBar(stream) : new ProgressLines(stream);
  }

  start(task: string, total: number, done = 0): void {
    this.#reporter.start(task, total, done);
  }

  advance(count: number, values: Record<string, string> = {}): void {
    this.#reporter.advance(count, values);
  }

  stop(): void {
    this.#reporter.stop();
  }

  line(text: string): void {
    this.#reporter.line(text);
  }
}
