import fs from 'node:fs';
import { promisify } from 'node:util';
import { isMainThread } from 'node:worker_threads';
import { DatasetError } from '../dataset-error';

/**
 * Calls `use` with the bytes of a file, or with the first `atMost` of them; they are valid until its promise settles,
 * since the memory is used again for the next file. The main thread does not wait for the disk; a worker thread, which
 * has nothing else to do, does.
 *
 * @param maxBytes  larger files are refused without being read
 * @throws DatasetError naming the file when it is missing, no regular file, empty, too large or unreadable
 */
export async function withFileBytes<T>(
  file: string,
  { maxBytes, atMost = maxBytes }: { maxBytes: number; atMost?: number },
  use: (bytes: Buffer, fileSize: number) => Promise<T>,
): Promise<T> {
  const size = await unlessUnreadable(file, fileSize(file));
  if (size === 0) throw new DatasetError(`${file}: expected an image, found an empty file. Fetch it again`);
  if (size > maxBytes) {
    throw new DatasetError(
      `${file}: expected an image file of at most ${maxBytes} bytes, found ${size}. ` +
        `Raise maxBytes if that is its size, else take it out of the annotations`,
    );
  }
  const wanted = Math.min(size, atMost);
  const memory = borrow(wanted);
  try {
    const bytes = memory.subarray(0, await unlessUnreadable(file, readInto(memory.subarray(0, wanted), file)));
    return await use(bytes, size);
  } finally {
    giveBack(memory);
  }
}

interface FileSystem {
  stat(file: string): Promise<fs.Stats> | fs.Stats;
  open(file: string, flags: 'r'): Promise<number> | number;
  read(fd: number, memory: Buffer, offset: number): Promise<number> | number;
  close(fd: number): Promise<void> | void;
}

const files: FileSystem = isMainThread
  ? {
      stat: promisify<string, fs.Stats>(fs.stat),
      open: promisify<string, string, number>(fs.open),
      read: async (fd, memory, offset) =>
        (await promisify(fs.read)(fd, memory, offset, memory.length - offset, null)).bytesRead,
      close: promisify(fs.close),
    }
  : {
      stat: (file) => fs.statSync(file),
      open: (file, flags) => fs.openSync(file, flags),
      read: (fd, memory, offset) => fs.readSync(fd, memory, offset, memory.length - offset, null),
      close: (fd) => fs.closeSync(fd),
    };

async function fileSize(file: string): Promise<number> {
  const stats = await files.stat(file);
  // Opening a pipe would wait for its other end, and a device may never end.
  if (!stats.isFile()) throw new Error(stats.isDirectory() ? 'it is a folder' : 'it is not a regular file');
  return stats.size;
}

/** Fills the memory from the beginning of the file; fewer bytes when the file has become shorter. */
async function readInto(memory: Buffer, file: string): Promise<number> {
  const fd = await files.open(file, 'r');
  try {
    let length = 0;
    while (length < memory.length) {
      const count = await files.read(fd, memory, length);
      if (count === 0) break;
      length += count;
    }
    return length;
  } finally {
    await files.close(fd);
  }
}

async function unlessUnreadable<T>(file: string, result: Promise<T>): Promise<T> {
  try {
    return await result;
  } catch (cause) {
    const missing = (cause as NodeJS.ErrnoException).code === 'ENOENT';
    throw new DatasetError(
      missing
        ? `${file}: expected an image, but there is no such file. Check the image folder, or fetch the file again`
        : `${file}: expected an image, but it cannot be read: ${(cause as Error).message}`,
      { cause },
    );
  }
}

/** Kept between files; only what photographs need, so that one huge file does not hold memory for ever. */
const KEPT_BYTES = 2 ** 24;
let spare: Buffer | undefined;

function borrow(length: number): Buffer {
  const memory = spare && spare.length >= length ? spare : Buffer.allocUnsafeSlow(Math.ceil(length / 65536) * 65536);
  spare = undefined;
  return memory;
}

function giveBack(memory: Buffer): void {
  if (memory.length <= KEPT_BYTES && memory.length > (spare?.length ?? 0)) spare = memory;
}
