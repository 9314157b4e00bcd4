import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import process from 'node:process';
import { createInterface } from 'node:readline';

/** What is asked of a step process: a training step, a forward pass, or its peak memory. */
export type Request = 'train' | 'forward' | 'memory';

/** What it says of itself when it is ready. */
export interface Greeting {
  /** What computes, with its version. */
  runtime: string;
  /** Trainable ones, of the network that it built. */
  parameters: number;
}

/** Seconds of a step (of the first one of a kind: with all that it has to prepare), or bytes. */
interface Answer {
  seconds: number;
  memory: number;
}

const ERROR_LINE = /^[\w.]*Error: .*$/m;
const STDERR_KEPT = 2 ** 16;
const HAS_GROUPS = process.platform !== 'win32';

/**
 * A process that keeps one network in one runtime, and takes a step whenever it is asked to: it reads requests, one a line,
 * and writes a line of JSON for its greeting and for each answer. Other lines of its output are skipped.
 */
export class StepProcess {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #lines: AsyncIterator<string>;
  readonly #closed: Promise<void>;
  readonly #limit: number;
  #stderr = '';
  /** Why it ended, where it is known. */
  #end: string | undefined;
  greeting!: Greeting;

  private constructor(command: string, args: readonly string[], limit: number) {
    this.#limit = limit;
    this.#child = spawn(command, args, { detached: HAS_GROUPS });
    this.#lines = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
    this.#child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr = (this.#stderr + text).slice(-STDERR_KEPT);
    });
    this.#child.stdin.on('error', () => undefined); // its end is noticed by its output
    this.#child.once('error', (error) => (this.#end = error.message));
    this.#closed = new Promise((resolve) => this.#child.once('close', () => resolve()));
  }

  /**
   * @param limit  seconds that the process may take to be ready, and for each answer; it is ended after that
   * @throws Error with the reason when it does not become ready
   */
  static async start(command: string, args: readonly string[], limit: number): Promise<StepProcess> {
    const started = new StepProcess(command, args, limit);
    started.greeting = await started.#next<Greeting>('to start');
    return started;
  }

  /** @throws Error with the reason when it ended, or was ended for its slowness */
  async ask<What extends Request>(request: What): Promise<Answer[What extends 'memory' ? 'memory' : 'seconds']> {
    this.#child.stdin.write(`${request}\n`);
    const answer = await this.#next<Answer>(`for '${request}'`);
    return answer[request === 'memory' ? 'memory' : 'seconds'];
  }

  async stop(): Promise<void> {
    this.#kill();
    await this.#closed;
  }

  /** With what it has started: the compilers of torch.compile hold its output open. */
  #kill(): void {
    const { pid, exitCode, signalCode } = this.#child;
    if (pid === undefined || exitCode !== null || signalCode !== null) return;
    if (HAS_GROUPS) process.kill(-pid, 'SIGKILL');
    else this.#child.kill('SIGKILL');
  }

  async #next<Line>(what: string): Promise<Line> {
    const timer = setTimeout(() => {
      this.#end = `took more than ${this.#limit} s ${what}`;
      this.#kill();
    }, 1000 * this.#limit);
    try {
      for (;;) {
        const { value, done } = await this.#lines.next();
        if (done) break;
        if (value.startsWith('{')) return JSON.parse(value) as Line;
      }
      await this.#closed;
    } finally {
      clearTimeout(timer);
    }
    throw new Error(this.#end ?? this.#lastWords());
  }

  #lastWords(): string {
    const { exitCode, signalCode } = this.#child;
    if (signalCode) return `ended by ${signalCode}${signalCode === 'SIGKILL' ? ', perhaps for want of memory' : ''}`;
    const line = ERROR_LINE.exec(this.#stderr)?.[0] ?? this.#stderr.trim().split('\n').at(-1);
    return line || `ended with status ${exitCode}`;
  }
}
