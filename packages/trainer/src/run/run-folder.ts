import { appendFileSync } from 'node:fs';
import { mkdir, open, readdir, readFile, rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { replaceFile } from '../checkpoint/atomic-file';
import type { TrainingState } from '../checkpoint/checkpoint-state';
import { TrainerError } from '../trainer-error';

/** One line of `log.jsonl`. `step` counts optimizer steps from 1, `epoch` from 0; an epoch's numbers are means over its samples. */
export type LogEntry = StepEntry | EpochEntry | EvaluationEntry;

interface TrainedEntry {
  step: number;
  epoch: number;
  loss: number;
  learningRate: number;
  metrics: Record<string, number>;
}

export interface StepEntry extends TrainedEntry {
  event: 'step';
}

export interface EpochEntry extends TrainedEntry {
  event: 'epoch';
  imagesPerSecond: number;
}

export interface EvaluationEntry {
  event: 'evaluation';
  step: number;
  epoch: number;
  stats: Record<string, number>;
}

/** What a replaced file of a run folder is written to first, here and by pose-viz. */
const UNFINISHED = /^\.?[\w-]+\.(jsonl?|csv|png|html)\.[\w-]+\.tmp$/;

/** A run's folder: config.json, log.jsonl, metrics.csv, checkpoints/, pictures and report.html. */
export class RunFolder {
  readonly path: string;
  readonly #entries: LogEntry[] = [];

  private constructor(path: string) {
    this.path = path;
  }

  /**
   * Makes a new run folder.
   *
   * @throws TrainerError when the folder holds a run already or cannot be written
   */
  static async create(path: string, config: Record<string, unknown>): Promise<RunFolder> {
    const run = new RunFolder(resolve(path));
    if (await exists(run.file('log.jsonl'))) {
      throw new TrainerError(`${run.path} holds a run already. Continue it with --resume, or choose another --out.`);
    }
    try {
      await mkdir(run.checkpoints, { recursive: true });
      await replaceFile(run.file('config.json'), `${JSON.stringify(config, null, 2)}\n`);
      await replaceFile(run.file('log.jsonl'), '');
    } catch (error) {
      throw new TrainerError(`Cannot make the run folder ${run.path}: ${(error as Error).message}.`, { cause: error });
    }
    return run;
  }

  /**
   * Opens a run to go on from a checkpoint's state: what was logged after it, by a run that was killed before its next
   * checkpoint, is dropped, and files that it had only begun to write are removed.
   *
   * @throws TrainerError when the folder holds no run
   */
  static async reopen(path: string, state: TrainingState): Promise<RunFolder> {
    const run = new RunFolder(resolve(path));
    const text = await readFile(run.file('log.jsonl'), 'utf8').catch((error: Error) => {
      throw new TrainerError(`${run.path} holds no run to resume: ${error.message}.`, { cause: error });
    });
    for (const line of text.split('\n')) {
      const entry = parseEntry(line);
      if (entry && isBefore(entry, state)) run.#entries.push(entry);
    }
    await replaceFile(run.file('log.jsonl'), run.#entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''));
    const begun = (await readdir(run.path)).filter((name) => UNFINISHED.test(name));
    await Promise.allSettled(begun.map((name) => rm(run.file(name), { force: true })));
    return run;
  }

  get checkpoints(): string {
    return this.file('checkpoints');
  }

  get entries(): readonly LogEntry[] {
    return this.#entries;
  }

  file(...parts: string[]): string {
    return join(this.path, ...parts);
  }

  /** At once: a training step would wait for libuv's threads several times as long as for the file. */
  log(entry: LogEntry): void {
    this.#entries.push(entry);
    appendFileSync(this.file('log.jsonl'), `${JSON.stringify(entry)}\n`);
  }

  /** Waits until the log is on the disk, so that no checkpoint is ahead of it even after a power failure. */
  async flush(): Promise<void> {
    const handle = await open(this.file('log.jsonl'), 'r+');
    await handle.sync().finally(() => handle.close());
  }
}

function isBefore({ event, step, epoch }: LogEntry, state: TrainingState): boolean {
  if (event === 'step') return step <= state.step;
  return epoch < (event === 'epoch' ? state.epoch : state.evaluated);
}

/** The last line of a killed run may be cut off; it is as good as not written. */
function parseEntry(line: string): LogEntry | undefined {
  try {
    return JSON.parse(line) as LogEntry;
  } catch {
    return undefined;
  }
}

async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}
