import { DTYPES } from './dtypes';
import { PickleGlobal, PickleObject, type PickleValue } from './pickle-values';

/** A class of storages, as a persistent id names it. */
export class StorageType extends PickleGlobal {
  /**
   * @param dtype  PyTorch's name of what the storage holds
   * @param bytes  of one value
   */
  constructor(
    name: string,
    readonly dtype: string,
    readonly bytes: number,
  ) {
    super(name);
  }
}

/** A storage that the pickle refers to; its values are elsewhere in the file. */
export class Storage extends PickleObject {
  readonly description = 'a storage';

  /**
   * @param bytes  finds its values; throws a ModelError that begins with the key of the tensor that asks
   */
  constructor(
    readonly type: StorageType,
    readonly bytes: (tensorKey: string) => Uint8Array,
  ) {
    super();
  }
}

/** Classes of storages that PyTorch writes and that are not read: only tensors of them that are asked for are errors. */
const OTHER_STORAGES = [
  ['ComplexFloatStorage', 'complex64', 8],
  ['ComplexDoubleStorage', 'complex128', 16],
  ['QInt8Storage', 'qint8', 1],
  ['QUInt8Storage', 'quint8', 1],
  ['QInt32Storage', 'qint32', 4],
  ['QUInt4x2Storage', 'quint4x2', 1],
  ['QUInt2x4Storage', 'quint2x4', 1],
] as const;

/** Every class of storages, by module and name. */
export const STORAGE_TYPES: readonly StorageType[] = [
  ...[...DTYPES.map(({ storage, name, bytes }) => [storage, name, bytes] as const), ...OTHER_STORAGES].flatMap(
    ([storage, dtype, bytes]) => [
      new StorageType(`torch.${storage}`, dtype, bytes),
      // Of tensors on a GPU; PyTorch writes them under the name above, and reads these too.
      new StorageType(`torch.cuda.${storage}`, dtype, bytes),
    ],
  ),
  new StorageType('torch.storage.UntypedStorage', 'uint8', 1),
];

/** A persistent id of a storage: ('storage', type, key, location, number of values), in the legacy format with one more. */
export interface StorageId {
  type: StorageType;
  key: string;
  count: number;
  /** What the legacy format has in addition: None, or (key, offset, number of values) of a part of the storage. */
  view: PickleValue | undefined;
}

/** Undefined when the id is not a storage's. */
export function storageId(id: PickleValue): StorageId | undefined {
  if (!Array.isArray(id) || id.length < 5 || id.length > 6 || id[0] !== 'storage') return undefined;
  const [, type, key, , count, view] = id;
  return type instanceof StorageType && typeof key === 'string' && isCount(count)
    ? { type, key, count, view }
    : undefined;
}

export function isCount(value: PickleValue | undefined): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}
