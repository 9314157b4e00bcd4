import { ModelError } from '../model-error';
import { ByteReader } from './byte-reader';
import type { Checkpoint, TorchTensor } from './checkpoint';
import { DTYPES, type DType } from './dtypes';
import { quote } from './quote';
import { MAX_AXES, rowMajorStrides, stridedTensor, valueCount } from './strided-tensor';

/** Of the header, in bytes: enough for 100 000 tensors. (The format's own library takes six times as much.) */
const MAX_HEADER = 2 ** 24;

/** Whether the bytes begin as safetensors do: a length, then JSON. */
export function isSafetensors(bytes: Uint8Array): boolean {
  return bytes.length > 8 && bytes[8] === 0x7b && new ByteReader(bytes, 'the file').u64() < 2 ** 32;
}

/**
 * A safetensors file: the length of the header in 64 bits, the header (JSON, padded with spaces), the values of all
 * tensors without gaps (README of huggingface/safetensors, "Format").
 *
 * @throws ModelError when the header is no such JSON, or its tensors do not cover the data exactly
 */
export function readSafetensors(bytes: Uint8Array): Checkpoint {
  const reader: ByteReader = new ByteReader(bytes, 'the file');
  const headerLength = reader.u64();
  if (headerLength > MAX_HEADER) reader.fail(`a header of at most ${MAX_HEADER} bytes`, `${headerLength}`, 0);
  const header = parseHeader(reader.take(headerLength));
  const data = bytes.subarray(reader.position);
  const tensors = new Map<string, TorchTensor>();
  const ranges: Range[] = [];
  for (const [key, value] of Object.entries(header)) {
    if (key === '__metadata__') {
      checkMetadata(value);
      continue;
    }
    const { dtype, shape, begin, end } = tensorEntry(key, value);
    const layout = { offset: 0, shape, strides: rowMajorStrides(shape) };
    tensors.set(key, stridedTensor(key, dtype, data.subarray(begin, end), layout));
    ranges.push({ key, begin, end });
  }
  checkCover(ranges, data.length);
  return { format: 'safetensors', tensors };
}

/** Of a tensor's values, in bytes after the header. */
interface Range {
  key: string;
  begin: number;
  end: number;
}

function parseHeader(bytes: Uint8Array): Record<string, unknown> {
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch (cause) {
    // JSON.parse names the position.
    throw new ModelError(
      `Expected JSON in the safetensors header of ${bytes.length} bytes, found other text: ${(cause as Error).message}`,
      { cause },
    );
  }
  if (!isObject(header)) throw new ModelError('Expected a JSON object in the safetensors header, found another value');
  return header;
}

function checkMetadata(value: unknown): void {
  if (!isObject(value) || Object.values(value).some((text) => typeof text !== 'string')) {
    throw new ModelError('Expected strings by name in "__metadata__" of the safetensors header, found other values');
  }
}

interface TensorEntry extends Range {
  dtype: DType;
  shape: number[];
}

function tensorEntry(key: string, value: unknown): TensorEntry {
  const { dtype: name, shape, data_offsets: offsets } = isObject(value) ? value : {};
  if (
    typeof name !== 'string' ||
    !isCounts(shape) ||
    shape.length > MAX_AXES ||
    !isCounts(offsets) ||
    offsets.length !== 2
  ) {
    const expected = 'dtype, shape and data_offsets (integers from 0 on)';
    throw new ModelError(`${quote(key)}: expected ${expected} in the header, found ${quote(JSON.stringify(value))}`);
  }
  const dtype = DTYPES.find(({ safetensors }) => safetensors === name);
  if (dtype === undefined) {
    const known = DTYPES.map(({ safetensors }) => safetensors).join(', ');
    throw new ModelError(`${quote(key)}: expected a dtype of ${known}; found ${quote(name)}`);
  }
  const [begin, end] = offsets;
  const length = valueCount(shape) * dtype.bytes;
  if (end - begin !== length) {
    const what = `${name} (${shape.join(', ')})`;
    throw new ModelError(`${quote(key)}: expected ${length} bytes for ${what}, found ${end - begin}`);
  }
  return { key, dtype, shape, begin, end };
}

/** The tensors must lie one after the other, from the data's first byte to its last. */
function checkCover(ranges: readonly Range[], length: number): void {
  let covered = 0;
  for (const { key, begin, end } of [...ranges].sort((a, b) => a.begin - b.begin || a.end - b.end)) {
    if (begin !== covered) {
      throw new ModelError(
        `${quote(key)}: expected data that begins at ${covered}, after the tensor before it; found ${begin}`,
      );
    }
    covered = end;
  }
  if (covered !== length) {
    throw new ModelError(`Expected ${covered} bytes of data after the safetensors header, found ${length}`);
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isCounts(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((item) => Number.isSafeInteger(item) && item >= 0);
}
