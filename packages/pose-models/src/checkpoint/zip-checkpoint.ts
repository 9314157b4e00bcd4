import { ModelError } from '../model-error';
import { ByteReader } from './byte-reader';
import type { Checkpoint } from './checkpoint';
import { quote } from './quote';
import { stateDictTensors } from './state-dict';
import { TORCH_GLOBALS } from './torch-globals';
import { Storage, storageId, type StorageId } from './torch-storage';
import { unpickle } from './unpickle';
import { zipRecords, type ZipRecords } from './zip-records';

/**
 * A file of torch.save since PyTorch 1.6, in one folder of any name: the object in `data.pkl`, each storage's values in
 * `data/<key>` (`_save` in torch/serialization.py).
 *
 * @throws ModelError when the archive is another one, or anything in it does not fit
 */
export function readZipCheckpoint(bytes: Uint8Array): Checkpoint {
  const records = zipRecords(bytes);
  const folder = checkpointFolder(records);
  const pickle = records.read(`${folder}data.pkl`) as Uint8Array;
  checkByteOrder(records.read(`${folder}byteorder`));
  const root = unpickle(new ByteReader(pickle, `${folder}data.pkl`), {
    globals: TORCH_GLOBALS,
    persistent(value) {
      const id = storageId(value);
      return id && new Storage(id.type, (tensorKey) => storageBytes(records, folder, tensorKey, id));
    },
  });
  return { format: 'zip', tensors: stateDictTensors(root) };
}

/** The folder's name and a slash. */
function checkpointFolder({ names }: ZipRecords): string {
  const pickles = names.filter((name) => /^[^/]+\/data\.pkl$/.test(name));
  if (pickles.length !== 1) {
    const first = names.slice(0, 5).map(quote).join(', ');
    throw new ModelError(
      `Expected a zip archive of torch.save, with data.pkl in one folder; found one of ${names.length} records: ${first || 'none'}${names.length > 5 ? ', …' : ''}`,
    );
  }
  const folder = pickles[0].slice(0, -'data.pkl'.length);
  if (names.some((name) => name === `${folder}constants.pkl` || name.startsWith(`${folder}code/`))) {
    throw new ModelError(
      'Expected weights saved by torch.save, found a TorchScript archive. In Python: torch.save(torch.jit.load(path).state_dict(), …)',
    );
  }
  return folder;
}

/** A record that newer versions write; before, all files were little-endian but for those of rare machines. */
function checkByteOrder(record: Uint8Array | undefined): void {
  const order = record && new TextDecoder().decode(record.subarray(0, 20));
  if (order === undefined || order === 'little') return;
  throw new ModelError(
    `Expected a little-endian file, found byte order ${quote(order)}. Load and save it again in Python on a little-endian machine`,
  );
}

function storageBytes(
  records: ZipRecords,
  folder: string,
  tensorKey: string,
  { type, key, count }: StorageId,
): Uint8Array {
  const name = `${folder}data/${key}`;
  const record = records.read(name);
  const length = count * type.bytes;
  if (record === undefined || record.length < length) {
    const found = record === undefined ? 'no such record' : `${record.length}`;
    throw new ModelError(`${quote(tensorKey)}: expected ${length} bytes in ${quote(name)}, found ${found}`);
  }
  return record.subarray(0, length);
}
