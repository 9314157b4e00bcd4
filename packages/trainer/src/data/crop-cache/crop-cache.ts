import { closeSync, openSync, readSync } from 'node:fs';
import { TrainerError } from '../../trainer-error';
import {
  type CropColumns,
  type CropRegion,
  decodeColumns,
  decodeHeader,
  HEADER_BYTES,
  placeOf,
  regionOf,
} from './crop-cache-layout';

/** The decoded pixels around people, in one file. Reading is synchronous: it happens in worker threads. */
export class CropCache {
  readonly #descriptor: number;
  readonly #columns: CropColumns;

  /** @throws TrainerError when the file is missing, none of ours or ends early */
  constructor(readonly file: string) {
    try {
      this.#descriptor = openSync(file, 'r');
    } catch (cause) {
      throw new TrainerError(
        `${file}: expected a crop cache, but it cannot be opened: ${(cause as Error).message}. prepareCropCache makes it.`,
        { cause },
      );
    }
    const header = decodeHeader(this.#bytes(0, Buffer.alloc(HEADER_BYTES)));
    if (!header)
      throw new TrainerError(`${file}: expected a crop cache, found something else. Give another file name.`);
    this.#columns = decodeColumns(this.#bytes(HEADER_BYTES, Buffer.alloc(header.columnBytes)), header.count);
  }

  /** Which part of its image is kept for an annotation; undefined for one that is not in the file. */
  region(annotationId: number): CropRegion | undefined {
    const place = placeOf(this.#columns, annotationId);
    return place >= 0 && this.#columns.offsets[place] >= 0 ? regionOf(this.#columns, place) : undefined;
  }

  /** Reads the pixels of an annotation's region, RGB bytes row by row, into `room`, which is as long as they are. */
  read(annotationId: number, room: Uint8Array): void {
    this.#bytes(this.#columns.offsets[placeOf(this.#columns, annotationId)], room);
  }

  close(): void {
    closeSync(this.#descriptor);
  }

  #bytes<Room extends Uint8Array>(from: number, room: Room): Room {
    for (let done = 0; done < room.length;) {
      const read = readSync(this.#descriptor, room, done, room.length - done, from + done);
      if (read === 0) {
        throw new TrainerError(
          `${this.file}: expected ${room.length} bytes at ${from}, found the end of the file. Remove it: it is made again.`,
        );
      }
      done += read;
    }
    return room;
  }
}
