import { ModelError } from '../model-error';
import type { TorchTensor } from './checkpoint';
import { DTYPES } from './dtypes';
import { describe, type PickleValue } from './pickle-values';
import { quote } from './quote';
import { MAX_AXES, stridedTensor } from './strided-tensor';
import { isTensor, TensorRecord, type OtherTensor } from './torch-globals';

/**
 * Keys under which training scripts save the weights; the first that holds tensors is taken. The weights that were
 * trained come before running averages of them (`ema`).
 */
const WRAPPERS = [
  ...['state_dict', 'model_state_dict', 'model', 'module', 'net', 'network', 'params'],
  ...['ema_state_dict', 'state_dict_ema', 'model_ema', 'params_ema', 'ema'],
];

/** Of wrappers within wrappers. */
const MAX_DEPTH = 4;

type Dict = ReadonlyMap<PickleValue, PickleValue>;

/**
 * The tensors of the state_dict that a file's object is, or that it holds under one of the `WRAPPERS`: a wrapper comes
 * first, since training states have tensors beside it (those of random generators). What is not a tensor is left out.
 *
 * @throws ModelError when there are no tensors, or when one cannot be read
 */
export function stateDictTensors(root: PickleValue): Map<string, TorchTensor> {
  const dict = findStateDict(root, MAX_DEPTH, new Set());
  if (dict === undefined) {
    throw new ModelError(
      `Expected a state_dict (tensors by name), or one under ${WRAPPERS.join(', ')}; found ${contents(root)}`,
    );
  }
  const tensors = new Map<string, TorchTensor>();
  for (const [key, value] of dict) {
    if (typeof key === 'string' && isTensor(value)) tensors.set(key, readable(key, value));
  }
  return tensors;
}

/** @param seen  dicts that are not it; a file may repeat one at every turn */
function findStateDict(value: PickleValue | undefined, depth: number, seen: Set<Dict>): Dict | undefined {
  if (!(value instanceof Map) || seen.has(value)) return undefined;
  seen.add(value);
  for (const wrapper of depth > 0 ? WRAPPERS : []) {
    const found = findStateDict(value.get(wrapper), depth - 1, seen);
    if (found !== undefined) return found;
  }
  return hasTensors(value) ? value : undefined;
}

function hasTensors(dict: Dict): boolean {
  for (const [key, value] of dict) if (typeof key === 'string' && isTensor(value)) return true;
  return false;
}

function readable(key: string, tensor: TensorRecord | OtherTensor): TorchTensor {
  if (!(tensor instanceof TensorRecord)) {
    throw new ModelError(`${quote(key)}: expected a dense tensor with values, found ${tensor.description}`);
  }
  const dtype = DTYPES.find(({ name }) => name === tensor.dtype);
  if (dtype === undefined) {
    const known = DTYPES.map(({ name }) => name).join(', ');
    throw new ModelError(`${quote(key)}: expected a dtype of ${known}; found ${tensor.dtype}`);
  }
  return stridedTensor(key, dtype, tensor.storage.bytes(key), {
    offset: number(key, tensor.offset),
    shape: numbers(key, tensor.shape),
    strides: numbers(key, tensor.strides),
  });
}

/** What `stridedTensor` checks, but for the type. */
function numbers(key: string, values: PickleValue): number[] {
  if (!Array.isArray(values)) throw new ModelError(`${quote(key)}: expected a tuple, found ${describe(values)}`);
  // One more than a tensor can have is enough to be refused: the same long tuple may be that of many tensors.
  return values.slice(0, MAX_AXES + 1).map((value) => number(key, value));
}

function number(key: string, value: PickleValue): number {
  if (typeof value === 'number') return value;
  throw new ModelError(`${quote(key)}: expected a number of at most 53 bits, found ${describe(value)}`);
}

/** What is there instead, with the first keys of a dict. */
function contents(root: PickleValue): string {
  if (!(root instanceof Map)) return describe(root);
  const keys: string[] = [];
  for (const key of root.keys()) {
    if (keys.length === 10) break;
    keys.push(typeof key === 'string' ? quote(key) : describe(key));
  }
  if (keys.length === 0) return 'an empty dict';
  return `a dict without tensors, with the keys ${keys.join(', ')}${root.size > keys.length ? ', …' : ''}`;
}
