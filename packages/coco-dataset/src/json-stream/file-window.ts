import { open, type FileHandle } from 'node:fs/promises';
import { unreadableFile } from '../unreadable-file';

/** A part of a file in memory that moves on from chunk to chunk. */
export class FileWindow {
  /** The bytes from `0` to `end` are those of the file from `offset` on; at least one more follows. */
  bytes: Uint8Array;
  end = 0;
  /** Bytes of the file before the window. */
  offset = 0;
  /** No bytes come after the window. */
  last = false;

  private constructor(
    private readonly file: string,
    private readonly handle: FileHandle,
    chunkSize: number,
  ) {
    this.bytes = new Uint8Array(chunkSize + 1);
  }

  /**
   * Opens a file; the window is empty.
   *
   * @param chunkSize  bytes read at a time
   * @throws DatasetError when the file cannot be opened
   */
  static async open(file: string, chunkSize: number): Promise<FileWindow> {
    try {
      return new FileWindow(file, await open(file, 'r'), chunkSize);
    } catch (cause) {
      throw unreadableFile(file, cause);
    }
  }

  /**
   * Reads on. Bytes before `keepFrom` are dropped; the kept ones move to the front, and where they fill the window it
   * becomes twice as large.
   *
   * @throws DatasetError when the file cannot be read
   */
  async readOn(keepFrom: number): Promise<void> {
    const kept = this.bytes.subarray(keepFrom, this.end);
    if (kept.length > this.bytes.length / 2) this.bytes = new Uint8Array(2 * this.bytes.length);
    this.bytes.set(kept);
    this.offset += keepFrom;
    this.end = kept.length;
    try {
      const { bytesRead } = await this.handle.read(this.bytes, this.end, this.bytes.length - 1 - this.end, null);
      this.end += bytesRead;
      this.last = bytesRead === 0;
    } catch (cause) {
      throw unreadableFile(this.file, cause);
    }
  }

  close(): Promise<void> {
    return this.handle.close();
  }
}
