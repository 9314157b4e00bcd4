import fc from 'fast-check';
import { ModelError, readCheckpoint, writeSafetensors, type SafetensorsValue } from '../../src';

/** A safetensors file with a header of our own. */
function file(header: string, data: ArrayLike<number>): Uint8Array {
  const text = new TextEncoder().encode(header);
  const bytes = new Uint8Array(8 + text.length + data.length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
  bytes.set(text, 8);
  bytes.set(data, 8 + text.length);
  return bytes;
}

const entry = (dtype: string, shape: number[], data_offsets: number[]) => ({ dtype, shape, data_offsets });

test('writeSafetensors(tensors, metadata) writes exactly this', () => {
  const tensors = new Map<string, SafetensorsValue>([
    ['w', { shape: [1, 2], values: Float32Array.of(1, -2) }],
    ['n', { shape: [], values: BigInt64Array.of(5n) }],
  ]);
  const bytes = writeSafetensors(tensors, { format: 'pt' });
  const header =
    '{"__metadata__":{"format":"pt"},"w":{"dtype":"F32","shape":[1,2],"data_offsets":[8,16]},' +
    '"n":{"dtype":"I64","shape":[],"data_offsets":[0,8]}}';
  const padded = header.padEnd(8 * Math.ceil(header.length / 8));
  expect(bytes).toEqual(file(padded, [5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0]));
  expect(writeSafetensors(tensors, { format: 'pt' })).toEqual(bytes);
});

test('writeSafetensors(...), then readCheckpoint(...) gives the tensors back', () => {
  const shape = fc.array(fc.nat(4), { maxLength: 4 });
  const key = fc
    .string({ unit: 'grapheme', maxLength: 12 })
    .filter((text) => text !== '__metadata__' && !/^\d+$/.test(text));
  const size = (sizes: number[]) => sizes.reduce((product, axis) => product * axis, 1);
  const floats = shape.chain((sizes) =>
    fc.float32Array({ minLength: size(sizes), maxLength: size(sizes) }).map((values) => ({ shape: sizes, values })),
  );
  const longs = fc.bigInt64Array({ minLength: 1, maxLength: 1 }).map((values) => ({ shape: [], values }));
  fc.assert(
    fc.property(fc.array(fc.tuple(key, fc.oneof(floats, longs))), (pairs) => {
      const tensors = new Map<string, SafetensorsValue>(pairs);
      const bytes = writeSafetensors(tensors);
      expect(bytes.indexOf(0x7b)).toBe(8);
      const read = readCheckpoint(bytes);
      expect(read.format).toBe('safetensors');
      expect([...read.tensors.keys()]).toEqual([...tensors.keys()]);
      for (const [name, { shape: sizes, values }] of tensors) {
        const tensor = read.tensors.get(name);
        expect(tensor?.shape).toEqual(sizes);
        expect(tensor?.read()).toEqual(Float32Array.from(values as ArrayLike<bigint | number>, Number));
      }
    }),
  );
});

test('writeSafetensors(...) writes values that are part of a larger buffer', () => {
  const values = Float32Array.of(1, 2, 3, 4).subarray(1, 3);
  const bytes = writeSafetensors(new Map([['w', { shape: [2], values }]]));
  expect(readCheckpoint(bytes).tensors.get('w')?.read()).toEqual(Float32Array.of(2, 3));
});

test.each<[string, SafetensorsValue, string]>([
  ['w', { shape: [2], values: new Float32Array(3) }, '"w": expected 2 values (2), found 3'],
  ['w', { shape: [-1], values: new Float32Array(1) }, '"w": expected sizes that are integers from 0 on, found -1'],
  ['__metadata__', { shape: [], values: new Float32Array(1) }, 'found "__metadata__", a reserved one'],
  ['\ud800', { shape: [], values: new Float32Array(1) }, 'Expected well-formed text, found "\\ud800"'],
  [
    'w',
    { shape: [1], values: new Float64Array(1) as unknown as Float32Array },
    '"w": expected values in a Float32Array or BigInt64Array, found Float64Array',
  ],
])('writeSafetensors({ %j: ... }) refuses tensor %#', (key, tensor, message) => {
  expect(() => writeSafetensors(new Map([[key, tensor]]))).toThrow(message);
  expect(() => writeSafetensors(new Map([[key, tensor]]))).toThrow(ModelError);
});

test('writeSafetensors(tensors, metadata) refuses metadata that is no text', () => {
  expect(() => writeSafetensors(new Map(), { epoch: 3 as unknown as string })).toThrow(
    new ModelError('Expected a string for "epoch" of the metadata, found number'),
  );
});

test('readCheckpoint(safetensors) takes the tensors in any order in the header, and metadata', () => {
  const header = { b: entry('U8', [2], [1, 3]), a: entry('I8', [], [0, 1]), __metadata__: { format: 'pt' } };
  const { tensors } = readCheckpoint(file(`${JSON.stringify(header)}   `, [255, 7, 8]));
  expect([...tensors].map(([key, tensor]) => [key, tensor.dtype, [...tensor.read()]])).toEqual([
    ['b', 'uint8', [7, 8]],
    ['a', 'int8', [-1]],
  ]);
});

test.each([
  [
    'a hole',
    { a: entry('U8', [1], [0, 1]), b: entry('U8', [1], [2, 3]) },
    /^"b": expected data that begins at 1, .* found 2$/,
  ],
  [
    'an overlap',
    { a: entry('U8', [2], [0, 2]), b: entry('U8', [2], [1, 3]) },
    /^"b": expected data that begins at 2, .* found 1$/,
  ],
  [
    'data left over',
    { a: entry('U8', [2], [0, 2]) },
    /^Expected 2 bytes of data after the safetensors header, found 3$/,
  ],
  [
    'an end beyond the file',
    { a: entry('U8', [9], [0, 9]) },
    /^"a": expected a storage of at least 9 values, found one of 3$/,
  ],
  ['a wrong length', { a: entry('F32', [1], [0, 3]) }, /^"a": expected 4 bytes for F32 \(1\), found 3$/],
  ['an end before the begin', { a: entry('U8', [1], [3, 0]) }, /^"a": expected 1 bytes for U8 \(1\), found -3$/],
  ['a huge shape', { a: entry('U8', [2 ** 50, 2 ** 50], [0, 3]) }, /^"a": expected 1.2\d+e\+30 bytes for U8/],
  ['an unknown dtype', { a: entry('F8_E4M3', [3], [0, 3]) }, /^"a": expected a dtype of F32, .*; found "F8_E4M3"$/],
  ['a negative size', { a: entry('U8', [-3], [0, 3]) }, /^"a": expected dtype, shape and data_offsets .* found "\{/],
  ['three offsets', { a: entry('U8', [3], [0, 3, 3]) }, /^"a": expected dtype, shape and data_offsets/],
  ['no entry', { a: null }, /^"a": expected dtype, shape and data_offsets .* found "null"$/],
  ['metadata that is no text', { __metadata__: { a: 1 } }, /^Expected strings by name in "__metadata__"/],
])('readCheckpoint(safetensors) refuses %s', (_, header, message) => {
  const bytes = file(JSON.stringify(header), [1, 2, 3]);
  expect(() => readCheckpoint(bytes)).toThrow(message);
  expect(() => readCheckpoint(bytes)).toThrow(ModelError);
});

test('readCheckpoint(safetensors) names the place where the JSON ends or goes wrong', () => {
  expect(() => readCheckpoint(file('{"a" 1}', []))).toThrow(/^Expected JSON in the safetensors header .* position 5/);
  expect(() => readCheckpoint(file('{"a": "\xff', []))).toThrow(/^Expected JSON in the safetensors header of 9 bytes/);
  expect(() => readCheckpoint(file('{}', []).subarray(0, 9))).toThrow(
    'Expected 2 more bytes, found 1 at byte 8 of the file',
  );
});

test('readCheckpoint(safetensors) refuses a header that is too long', () => {
  const bytes = file('{}', []);
  new DataView(bytes.buffer).setBigUint64(0, 2n ** 31n, true);
  expect(() => readCheckpoint(bytes)).toThrow(
    new ModelError('Expected a header of at most 16777216 bytes, found 2147483648 at byte 0 of the file'),
  );
});

test('readCheckpoint(safetensors) gives no tensors where there are none', () => {
  expect(readCheckpoint(writeSafetensors(new Map())).tensors.size).toBe(0);
});
