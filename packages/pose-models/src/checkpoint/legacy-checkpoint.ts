import { ModelError } from '../model-error';
import { ByteReader } from './byte-reader';
import type { Checkpoint } from './checkpoint';
import { describe, type PickleValue } from './pickle-values';
import { quote } from './quote';
import { stateDictTensors } from './state-dict';
import { TORCH_GLOBALS } from './torch-globals';
import { isCount, Storage, storageId, type StorageId } from './torch-storage';
import { unpickle } from './unpickle';

/** With which the file begins, as a pickle (torch/serialization.py). */
const MAGIC_NUMBER = 0x1950a86a20f9469cfc6cn;
const PROTOCOL_VERSION = 1001;

/** Whether the bytes begin with PyTorch's magic number, pickled in any protocol. */
export function isLegacyCheckpoint(bytes: Uint8Array): boolean {
  try {
    return unpickle(new ByteReader(bytes.subarray(0, 64), 'the file')) === MAGIC_NUMBER;
  } catch {
    return false;
  }
}

/**
 * A file of torch.save before PyTorch 1.6: pickles of the magic number, the version, facts about the machine, the
 * object, and the keys of its storages; then for each key an int64 number of values and these (`_legacy_load` in
 * torch/serialization.py).
 *
 * @param bytes  for which `isLegacyCheckpoint`
 * @throws ModelError with the byte when anything does not fit
 */
export function readLegacyCheckpoint(bytes: Uint8Array): Checkpoint {
  const reader = new ByteReader(bytes, 'the file');
  unpickle(reader);
  const version = unpickle(reader);
  if (version !== PROTOCOL_VERSION) reader.fail(`version ${PROTOCOL_VERSION}`, describe(version));
  checkMachine(reader, unpickle(reader));

  // The values are behind the pickles, so that storages are found when all is read.
  const storages = new Map<string, Uint8Array>();
  const itemBytes = new Map<string, number>();
  const root = unpickle(reader, {
    globals: TORCH_GLOBALS,
    persistent(value) {
      const id = storageId(value);
      const part = id && partOf(id);
      if (id === undefined || part === undefined) return undefined;
      // As PyTorch has it, the first mention says how wide the values are in the file.
      if (!itemBytes.has(id.key)) itemBytes.set(id.key, id.type.bytes);
      return new Storage(id.type, (tensorKey) => storageBytes(storages.get(id.key), tensorKey, id, part));
    },
  });
  for (const key of storageKeys(reader)) {
    const width = itemBytes.get(key);
    if (width === undefined) return reader.fail('keys of storages that tensors have', quote(key));
    const count = reader.u64();
    storages.set(key, reader.take(count * width));
  }
  return { format: 'legacy', tensors: stateDictTensors(root) };
}

function checkMachine(reader: ByteReader, facts: PickleValue): void {
  if (!(facts instanceof Map)) return reader.fail('a dict about the machine', describe(facts));
  if (facts.get('little_endian') !== false) return;
  throw new ModelError(
    'Expected a little-endian file, found a big-endian one. Load and save it again in Python on a little-endian machine',
  );
}

function storageKeys(reader: ByteReader): string[] {
  const keys = unpickle(reader);
  if (!Array.isArray(keys)) return reader.fail('a list of storage keys', describe(keys));
  return keys.map((key) => (typeof key === 'string' ? key : reader.fail('a storage key', describe(key))));
}

/** Part of a storage, in values. */
interface Part {
  offset: number;
  count: number;
}

/** What an id means: the whole storage, or, as old versions saved views of storages, a part. Undefined when neither. */
function partOf({ view, count }: StorageId): Part | undefined {
  if (view === null || view === undefined) return { offset: 0, count };
  if (!Array.isArray(view) || view.length !== 3) return undefined;
  const [, offset, size] = view;
  return isCount(offset) && isCount(size) ? { offset, count: size } : undefined;
}

function storageBytes(
  storage: Uint8Array | undefined,
  tensorKey: string,
  { key, type }: StorageId,
  part: Part,
): Uint8Array {
  const [start, end] = [part.offset * type.bytes, (part.offset + part.count) * type.bytes];
  if (storage === undefined || storage.length < end) {
    const found = storage === undefined ? 'no such storage' : `${storage.length}`;
    throw new ModelError(`${quote(tensorKey)}: expected ${end} bytes in storage ${quote(key)}, found ${found}`);
  }
  return storage.subarray(start, end);
}
