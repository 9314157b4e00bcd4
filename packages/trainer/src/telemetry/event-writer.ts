import { appendFileSync } from 'node:fs';
import { mkdir, open, type FileHandle } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { TrainerError } from '../trainer-error';
import {
  fileVersionEvent,
  histogramValue,
  imageValue,
  scalarValue,
  sessionStartEvent,
  summaryEvent,
} from './event-message';
import { histogramBuckets } from './histogram-buckets';
import { tfRecord } from './tf-record';

/** Files that this process has opened: one more in the same second still gets a name of its own. */
let opened = 0;

/**
 * An event file that TensorBoard shows. Every event is handed to the operating system at once: TensorBoard sees it while
 * the run goes on, and a process that is killed loses none. Tags in groups of the dashboard are written `group/name`.
 */
export class EventWriter {
  readonly file: string;
  readonly #handle: FileHandle;

  private constructor(file: string, handle: FileHandle) {
    this.file = file;
    this.#handle = handle;
  }

  /**
   * Begins a new file `events.out.tfevents.<seconds>.<host>.<process>.<n>`; TensorBoard reads those of a folder as one
   * run, in the order of their names.
   *
   * @param folder     made where it is missing
   * @param firstStep  the first step that this process logs: TensorBoard drops what the files before hold from this step
   *   on, which a run wrote that was killed after its last checkpoint. Default 0
   * @throws TrainerError when the file cannot be made or written
   */
  static async open(folder: string, firstStep = 0): Promise<EventWriter> {
    const seconds = String(Math.floor(Date.now() / 1000)).padStart(10, '0');
    const file = join(folder, `events.out.tfevents.${seconds}.${hostname()}.${process.pid}.${opened++}`);
    try {
      await mkdir(folder, { recursive: true });
      const writer = new EventWriter(file, await open(file, 'wx'));
      writer.#write(fileVersionEvent(now()));
      // Also in a run's first file: TensorBoard takes the first start that it meets for no restart.
      writer.#write(sessionStartEvent(now(), firstStep));
      return writer;
    } catch (error) {
      throw cannotWrite(file, error);
    }
  }

  /**
   * Numbers at a step, by tag; they are kept as float32.
   *
   * @throws TrainerError when the file cannot be written
   */
  scalars(step: number, values: Record<string, number>): void {
    this.#summary(
      step,
      Object.entries(values).map(([tag, value]) => scalarValue(tag, value)),
    );
  }

  /**
   * A picture at a step.
   *
   * @param png  an RGB picture of `width` x `height` pixels as a PNG file
   * @throws TrainerError when the file cannot be written
   */
  image(step: number, tag: string, png: Uint8Array, width: number, height: number): void {
    this.#summary(step, [imageValue(tag, png, width, height)]);
  }

  /**
   * How values are spread at a step; those that are not finite are left out.
   *
   * @throws TrainerError when the file cannot be written
   */
  histogram(step: number, tag: string, values: Float32Array): void {
    this.#summary(step, [histogramValue(tag, histogramBuckets(values))]);
  }

  /** Waits until everything is on the disk, also for a power failure. */
  flush(): Promise<void> {
    return this.#handle.sync();
  }

  async close(): Promise<void> {
    await this.flush().finally(() => this.#handle.close());
  }

  #summary(step: number, values: readonly Uint8Array[]): void {
    try {
      this.#write(summaryEvent(now(), step, values));
    } catch (error) {
      throw cannotWrite(this.file, error);
    }
  }

  #write(event: Uint8Array): void {
    appendFileSync(this.#handle.fd, tfRecord(event));
  }
}

/** Seconds since 1970. */
function now(): number {
  return Date.now() / 1000;
}

function cannotWrite(file: string, error: unknown): TrainerError {
  return new TrainerError(`Cannot write TensorBoard's events to ${file}: ${(error as Error).message}.`, {
    cause: error,
  });
}
