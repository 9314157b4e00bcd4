import { ModelError } from '../model-error';
import { ByteReader } from './byte-reader';
import { quote } from './quote';

/** The records of a zip archive, by name. */
export interface ZipRecords {
  names: readonly string[];
  /** A view of a record's bytes, undefined when there is no such record. Throws a ModelError when it cannot be read. */
  read(name: string): Uint8Array | undefined;
}

interface Entry {
  flags: number;
  method: number;
  compressedSize: number;
  size: number;
  /** Of its local header. */
  offset: number;
}

const LOCAL_HEADER = 0x04034b50;
const CENTRAL_HEADER = 0x02014b50;
const END = 0x06054b50;
const END_LOCATOR_64 = 0x07064b50;
const END_64 = 0x06064b50;

/** In 32 bits: the value is in the zip64 extra field. */
const IN_EXTRA = 0xffffffff;

/** A Map holds 16 times as many; a network has some thousands. */
const MAX_ENTRIES = 2 ** 20;

/**
 * The table of contents of a zip archive (PKWARE's APPNOTE.TXT 4.3 and 4.5.3, with zip64).
 *
 * A reader of our own, because torch.save stores its records uncompressed: here they are views of the file, where fflate
 * copies them all (0.5 s and as much memory again for 275 MB; this takes 10 ms). Checksums are not looked at: PyTorch can
 * leave them out (`torch.serialization.set_crc32_options`), and to compute them takes longer than all the rest.
 *
 * @throws ModelError with the byte when the archive is cut off or damaged
 */
export function zipRecords(bytes: Uint8Array): ZipRecords {
  const { count, offset } = centralDirectory(bytes);
  const reader = new ByteReader(bytes, 'the zip archive', offset);
  if (count > MAX_ENTRIES) reader.fail(`at most ${MAX_ENTRIES} records`, `${count}`);
  const entries = new Map<string, Entry>();
  for (let i = 0; i < count; i++) {
    const start = reader.position;
    const { name, ...entry } = centralHeader(reader);
    if (entries.has(name)) reader.fail('each name once', `${quote(name)} again`, start);
    entries.set(name, entry);
  }
  return {
    names: [...entries.keys()],
    read(name) {
      const entry = entries.get(name);
      return entry && stored(bytes, name, entry);
    },
  };
}

function centralDirectory(bytes: Uint8Array): { count: number; offset: number } {
  const end = new ByteReader(bytes, 'the zip archive', endOfCentralDirectory(bytes));
  const start = end.position;
  end.take(10);
  const directory = { count: end.u16(), size: end.u32(), offset: end.u32() };
  if (start < 20) return directory;

  const locator = new ByteReader(bytes, 'the zip archive', start - 20);
  if (locator.u32() !== END_LOCATOR_64) return directory;
  locator.take(4);
  const end64 = new ByteReader(bytes, 'the zip archive', at(locator, locator.u64()));
  expectSignature(end64, END_64, "zip64's end of the central directory");
  end64.take(28);
  const [count, , offset] = [end64.u64(), end64.u64(), end64.u64()];
  return { count, offset: at(end64, offset) };
}

/** An offset that the reader just read, which must be within the file. */
function at(reader: ByteReader, offset: number): number {
  if (offset > reader.bytes.length) reader.fail(`an offset of at most ${reader.bytes.length}`, `${offset}`);
  return offset;
}

/** Its signature is searched from the end, before which there may be a comment of up to 65535 bytes. */
function endOfCentralDirectory(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let i = bytes.length - 22; i >= Math.max(0, bytes.length - 22 - 0xffff); i--) {
    if (view.getUint32(i, true) === END) return i;
  }
  throw new ModelError(
    `Expected a whole zip archive, found no end of one in its ${bytes.length} bytes; the file may have been cut off`,
  );
}

function centralHeader(reader: ByteReader): Entry & { name: string } {
  expectSignature(reader, CENTRAL_HEADER, 'an entry of the central directory');
  reader.take(4);
  const [flags, method] = [reader.u16(), reader.u16()];
  reader.take(8);
  const [compressedSize, size] = [reader.u32(), reader.u32()];
  const [nameLength, extraLength, commentLength] = [reader.u16(), reader.u16(), reader.u16()];
  reader.take(8);
  const offset = reader.u32();
  const name = new TextDecoder().decode(reader.take(nameLength));
  const extra = new ByteReader(reader.take(extraLength), `the extra fields of ${quote(name)}`);
  reader.take(commentLength);

  const wide = zip64Field(extra);
  const widened = (value: number) => (value === IN_EXTRA && wide ? wide.u64() : value);
  // The field has what does not fit 32 bits, in this order.
  const sizes = { size: widened(size), compressedSize: widened(compressedSize), offset: widened(offset) };
  return { name, flags, method, ...sizes };
}

/** The field of zip64 (id 1) among the extra fields. */
function zip64Field(extra: ByteReader): ByteReader | undefined {
  while (extra.position + 4 <= extra.bytes.length) {
    const [id, length] = [extra.u16(), extra.u16()];
    const field = extra.take(length);
    if (id === 1) return new ByteReader(field, extra.source);
  }
  return undefined;
}

/** A view of the bytes of an uncompressed entry. */
function stored(bytes: Uint8Array, name: string, entry: Entry): Uint8Array {
  if (entry.flags & 1) throw new ModelError(`Expected records without encryption, found ${quote(name)} with it`);
  if (entry.method !== 0 || entry.compressedSize !== entry.size) {
    throw new ModelError(
      `Expected uncompressed records as torch.save writes them, found ${quote(name)} compressed (method ${entry.method}). Archives that were packed anew by hand are not read`,
    );
  }
  const source = `the zip archive, where ${quote(name)} begins`;
  const reader = new ByteReader(bytes, source, Math.min(entry.offset, bytes.length));
  expectSignature(reader, LOCAL_HEADER, 'the header of a record');
  reader.take(22);
  const [nameLength, extraLength] = [reader.u16(), reader.u16()];
  reader.take(nameLength + extraLength);
  return reader.take(entry.size);
}

function expectSignature(reader: ByteReader, signature: number, what: string): void {
  const start = reader.position;
  const found = reader.u32();
  if (found !== signature) reader.fail(what, `0x${found.toString(16).padStart(8, '0')}`, start);
}
