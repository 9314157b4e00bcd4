import { ModelError } from '../model-error';
import { quote } from './quote';
import { valueCount } from './strided-tensor';

/** What `writeSafetensors` writes under a key. */
export interface SafetensorsValue {
  /** PyTorch's; [] for a scalar. */
  shape: readonly number[];
  /** Row-major; float32, or int64 as PyTorch's `num_batches_tracked` is. */
  values: Float32Array | BigInt64Array;
}

/**
 * A safetensors file, which `safetensors.torch.load_file` and `readCheckpoint` read. Equal tensors give equal bytes.
 *
 * @param tensors   by state_dict key; the header has them in this order
 * @param metadata  remarks by name; some readers ask for { format: 'pt' }
 * @throws ModelError when there are not as many values as a shape says, or a key cannot be written
 */
export function writeSafetensors(
  tensors: ReadonlyMap<string, SafetensorsValue>,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array {
  for (const [key, tensor] of tensors) checkTensor(key, tensor);
  const header: string[] = [];
  if (Object.keys(metadata).length > 0) header.push(`"__metadata__":${metadataText(metadata)}`);
  const { begins, length } = dataOffsets(tensors);
  for (const [key, { shape, values }] of tensors) {
    const begin = begins.get(key) as number;
    const offsets = `[${begin},${begin + values.byteLength}]`;
    const dtype = isFloat(values) ? 'F32' : 'I64';
    header.push(`${jsonText(key)}:{"dtype":"${dtype}","shape":[${shape.join(',')}],"data_offsets":${offsets}}`);
  }
  const json = new TextEncoder().encode(`{${header.join(',')}}`);
  const dataStart = 8 * Math.ceil((8 + json.length) / 8);
  const file = new Uint8Array(dataStart + length).fill(0x20, 8, dataStart);
  new DataView(file.buffer).setBigUint64(0, BigInt(dataStart - 8), true);
  file.set(json, 8);
  for (const [key, { values }] of tensors) {
    const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    file.set(bytes, dataStart + (begins.get(key) as number));
  }
  return file;
}

/** Where each tensor's data begins. All int64 come first, so that every value is aligned to its width. */
function dataOffsets(tensors: ReadonlyMap<string, SafetensorsValue>): { begins: Map<string, number>; length: number } {
  const begins = new Map<string, number>();
  let length = 0;
  for (const floats of [false, true]) {
    for (const [key, { values }] of tensors) {
      if (isFloat(values) !== floats) continue;
      begins.set(key, length);
      length += values.byteLength;
    }
  }
  return { begins, length };
}

/** By tag, which a typed array has wherever it was made; `instanceof` knows those of one realm. */
function isFloat(values: Float32Array | BigInt64Array): values is Float32Array {
  return values[Symbol.toStringTag] === 'Float32Array';
}

function checkTensor(key: string, { shape, values }: SafetensorsValue): void {
  if (key === '__metadata__') throw new ModelError('Expected a name of a tensor, found "__metadata__", a reserved one');
  const tag: string = values[Symbol.toStringTag];
  if (tag !== 'Float32Array' && tag !== 'BigInt64Array') {
    throw new ModelError(`${quote(key)}: expected values in a Float32Array or BigInt64Array, found ${tag}`);
  }
  const wrong = shape.find((size) => !Number.isSafeInteger(size) || size < 0);
  if (wrong !== undefined) {
    throw new ModelError(`${quote(key)}: expected sizes that are integers from 0 on, found ${wrong}`);
  }
  const size = valueCount(shape);
  if (size !== values.length) {
    throw new ModelError(`${quote(key)}: expected ${size} values (${shape.join(', ')}), found ${values.length}`);
  }
}

function metadataText(metadata: Readonly<Record<string, string>>): string {
  for (const [name, text] of Object.entries(metadata)) {
    if (typeof text !== 'string') {
      throw new ModelError(`Expected a string for ${quote(name)} of the metadata, found ${typeof text}`);
    }
  }
  return `{${Object.entries(metadata)
    .map(([name, text]) => `${jsonText(name)}:${jsonText(text)}`)
    .join(',')}}`;
}

/** Half of a surrogate pair would be written as an escape that other languages refuse. */
function jsonText(text: string): string {
  if (/\p{Surrogate}/u.test(text)) throw new ModelError(`Expected well-formed text, found ${quote(text)}`);
  return JSON.stringify(text);
}
