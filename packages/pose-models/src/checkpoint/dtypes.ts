/** PyTorch's names of the types that are read. */
export type DTypeName =
  'float32' | 'float16' | 'bfloat16' | 'float64' | 'int64' | 'int32' | 'int16' | 'int8' | 'uint8' | 'bool';

export interface DType {
  name: DTypeName;
  /** In a safetensors header. */
  safetensors: string;
  /** PyTorch's storage class. */
  storage: string;
  /** Of one value. */
  bytes: number;
  /** The values in whole little-endian items at any alignment; either a view of them, or a new Float32Array. */
  decode(items: Uint8Array): ArrayLike<number>;
}

/** As TensorFlow.js does, this takes the machine for little-endian. */
export const DTYPES: readonly DType[] = [
  {
    name: 'float32',
    safetensors: 'F32',
    storage: 'FloatStorage',
    bytes: 4,
    decode: (items) => new Float32Array(items.slice().buffer),
  },
  { name: 'float16', safetensors: 'F16', storage: 'HalfStorage', bytes: 2, decode: decodeHalves },
  { name: 'bfloat16', safetensors: 'BF16', storage: 'BFloat16Storage', bytes: 2, decode: decodeBrainFloats },
  {
    name: 'float64',
    safetensors: 'F64',
    storage: 'DoubleStorage',
    bytes: 8,
    decode: (items) => new Float64Array(...range(items, 8)),
  },
  { name: 'int64', safetensors: 'I64', storage: 'LongStorage', bytes: 8, decode: decodeLongs },
  {
    name: 'int32',
    safetensors: 'I32',
    storage: 'IntStorage',
    bytes: 4,
    decode: (items) => new Int32Array(...range(items, 4)),
  },
  {
    name: 'int16',
    safetensors: 'I16',
    storage: 'ShortStorage',
    bytes: 2,
    decode: (items) => new Int16Array(...range(items, 2)),
  },
  {
    name: 'int8',
    safetensors: 'I8',
    storage: 'CharStorage',
    bytes: 1,
    decode: (items) => new Int8Array(...range(items, 1)),
  },
  { name: 'uint8', safetensors: 'U8', storage: 'ByteStorage', bytes: 1, decode: (items) => items },
  {
    name: 'bool',
    safetensors: 'BOOL',
    storage: 'BoolStorage',
    bytes: 1,
    decode: (items) => Float32Array.from(items, (item) => (item === 0 ? 0 : 1)),
  },
];

/** What a typed array's constructor takes to view the items, which are copied where their alignment asks for it. */
function range(items: Uint8Array, bytes: number): [ArrayBufferLike, number, number] {
  const { buffer, byteOffset, length } = items.byteOffset % bytes === 0 ? items : items.slice();
  return [buffer, byteOffset, length / bytes];
}

/** Of every bit pattern of a float16; made when first needed. */
let halves: Float32Array | undefined;

function decodeHalves(items: Uint8Array): Float32Array {
  const table = (halves ??= Float32Array.from({ length: 2 ** 16 }, (_, bits) => halfValue(bits)));
  const bits = new Uint16Array(...range(items, 2));
  const values = new Float32Array(bits.length);
  for (let i = 0; i < bits.length; i++) values[i] = table[bits[i]];
  return values;
}

/** IEEE 754 binary16: 1 bit of sign, 5 of exponent (bias 15), 10 of fraction. */
function halfValue(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** A bfloat16 is the upper half of a float32. */
function decodeBrainFloats(items: Uint8Array): Float32Array {
  const upper = new Uint16Array(...range(items, 2));
  const bits = new Uint32Array(upper.length);
  for (let i = 0; i < upper.length; i++) bits[i] = upper[i] << 16;
  return new Float32Array(bits.buffer);
}

/** In float64 first: what does not fit its 53 bits is rounded there, then to float32. */
function decodeLongs(items: Uint8Array): Float32Array {
  const words = new Int32Array(...range(items, 4));
  const values = new Float32Array(words.length / 2);
  for (let i = 0; i < values.length; i++) values[i] = words[2 * i + 1] * 2 ** 32 + (words[2 * i] >>> 0);
  return values;
}
