import { closeSync, fsyncSync, openSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import path from 'node:path';
import { DatasetError } from '../dataset-error';

const BUFFER_SIZE = 2 ** 20;

/**
 * A file that is written piece by piece and appears under its name only when it is complete and on the disk: the pieces go
 * into a temporary file next to it. Writes wait for the disk, so that memory stays at one buffer.
 */
export class AtomicFile {
  private readonly temporary: string;
  private descriptor: number | undefined;
  private readonly buffer = Buffer.allocUnsafe(BUFFER_SIZE);
  private filled = 0;

  /**
   * @param file    path to write, replaced if it is there
   * @param inputs  files that must stay as they are
   * @throws DatasetError when it is one of the inputs, or its folder cannot be written
   */
  constructor(
    private readonly file: string,
    inputs: readonly string[],
  ) {
    for (const input of inputs) {
      if (isSameFile(file, input)) {
        throw new DatasetError(`${file}: expected another file than the input ${input} to write to, found the same`);
      }
    }
    this.temporary = `${file}.${process.pid}.tmp`;
    this.descriptor = this.attempt(() => openSync(this.temporary, 'w'));
  }

  write(piece: Uint8Array | string): void {
    const bytes = typeof piece === 'string' ? Buffer.from(piece) : piece;
    if (bytes.length > BUFFER_SIZE - this.filled) this.flush();
    if (bytes.length > BUFFER_SIZE) {
      this.writeAll(bytes);
      return;
    }
    this.buffer.set(bytes, this.filled);
    this.filled += bytes.length;
  }

  /** Completes the file. */
  commit(): void {
    this.flush();
    this.attempt(() => {
      const descriptor = this.descriptor as number;
      fsyncSync(descriptor);
      closeSync(descriptor);
      this.descriptor = undefined;
      renameSync(this.temporary, this.file);
      syncFolder(path.dirname(this.file));
    });
  }

  /** Removes what was written; nothing happens after `commit`. */
  abort(): void {
    if (this.descriptor !== undefined) closeSync(this.descriptor);
    this.descriptor = undefined;
    rmSync(this.temporary, { force: true });
  }

  private flush(): void {
    this.writeAll(this.buffer.subarray(0, this.filled));
    this.filled = 0;
  }

  private writeAll(bytes: Uint8Array): void {
    this.attempt(() => {
      for (let at = 0; at < bytes.length;) at += writeSync(this.descriptor as number, bytes, at);
    });
  }

  private attempt<Result>(run: () => Result): Result {
    try {
      return run();
    } catch (cause) {
      this.abort();
      throw new DatasetError(`${this.file}: cannot be written: ${(cause as Error).message}`, { cause });
    }
  }
}

/**
 * Writes a file as a whole or not at all.
 *
 * @param inputs  files that must stay as they are
 * @param write   writes the pieces; when it fails, nothing is left
 * @throws DatasetError when the file is one of the inputs or cannot be written
 */
export async function writeAtomically<Result>(
  file: string,
  inputs: readonly string[],
  write: (output: AtomicFile) => Promise<Result>,
): Promise<Result> {
  const output = new AtomicFile(file, inputs);
  try {
    const result = await write(output);
    output.commit();
    return result;
  } catch (error) {
    output.abort();
    throw error;
  }
}

function isSameFile(a: string, b: string): boolean {
  if (path.resolve(a) === path.resolve(b)) return true;
  const [first, second] = [a, b].map((file) => statSync(file, { bigint: true, throwIfNoEntry: false }));
  return first !== undefined && second !== undefined && first.ino === second.ino && first.dev === second.dev;
}

function syncFolder(folder: string): void {
  let descriptor: number;
  try {
    descriptor = openSync(folder, 'r');
  } catch {
    // Windows cannot open folders; there the rename alone has to do.
    return;
  }
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
