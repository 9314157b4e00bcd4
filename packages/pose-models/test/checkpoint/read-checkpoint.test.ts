import { existsSync } from 'node:fs';
import { ModelError, readCheckpoint } from '../../src';
import { EXPECTED, expectedValues, fixture, fixtureNames } from './fixtures';

test.each(Object.keys(EXPECTED))('readCheckpoint(%s) has the tensors that PyTorch saved', (name) => {
  const { format, tensors } = readCheckpoint(fixture(name));
  expect(format).toBe(name.endsWith('.safetensors') ? 'safetensors' : name.includes('legacy') ? 'legacy' : 'zip');
  const expected = EXPECTED[name];
  expect([...tensors.keys()].sort()).toEqual(Object.keys(expected).sort());
  for (const [key, tensor] of tensors) {
    expect([key, tensor.dtype, tensor.shape]).toEqual([key, expected[key].dtype, expected[key].shape]);
    expect([key, tensor.read()]).toEqual([key, expectedValues(expected[key])]);
  }
});

test('the order is that of the state_dict', () => {
  for (const name of ['network.pth', 'network-legacy.pth', 'mmcv-protocol-4.pth']) {
    expect([...readCheckpoint(fixture(name)).tensors.keys()]).toEqual(Object.keys(EXPECTED[name]));
  }
});

test('read() gives a new array each time, and leaves the bytes as they are', () => {
  for (const name of ['views.pth', 'dtypes-legacy.pth', 'dtypes.safetensors']) {
    const bytes = fixture(name);
    for (const tensor of readCheckpoint(bytes).tensors.values()) {
      const values = tensor.read();
      const before = values.slice();
      values.fill(7);
      expect(tensor.read()).toEqual(before);
    }
    expect(bytes).toEqual(fixture(name));
  }
});

test('readCheckpoint(bytes) reads bytes at any alignment, and a Buffer', () => {
  for (const name of ['dtypes.pth', 'dtypes-legacy.pth', 'dtypes.safetensors']) {
    const bytes = fixture(name);
    for (const shift of [1, 3, 4]) {
      const shifted = new Uint8Array(bytes.length + shift).subarray(shift);
      shifted.set(bytes);
      for (const [key, tensor] of readCheckpoint(shifted).tensors) {
        expect(tensor.read()).toEqual(expectedValues(EXPECTED[name][key]));
      }
    }
    for (const [key, tensor] of readCheckpoint(Buffer.from(bytes)).tensors) {
      expect(tensor.read()).toEqual(expectedValues(EXPECTED[name][key]));
    }
  }
});

test.each([
  ['sparse', '"weight": expected a dense tensor with values, found a sparse tensor'],
  ['quantized', '"weight": expected a dense tensor with values, found a quantized tensor'],
  ['meta', '"weight": expected a dense tensor with values, found a tensor without values (device meta)'],
  ['negative-view', '"weight": expected a dense tensor with values, found a conjugate or negative view'],
  ['complex', '; found complex64'],
  ['uint16', '; found uint16'],
  ['no-tensors', 'found a dict without tensors, with the keys "epoch", "lr"'],
  ['bare-tensor', 'found a tensor'],
  ['protocol-0', 'Expected a pickle of protocol 1 to 5, found protocol 0'],
  ['whole-model', 'Expected a file that holds only tensors, found the global "torch.nn.modules.linear.Linear"'],
])('readCheckpoint(refused/%s.pth) says what is wrong', (name, message) => {
  expect(() => readCheckpoint(fixture(`refused/${name}.pth`))).toThrow(message);
  expect(() => readCheckpoint(fixture(`refused/${name}.pth`))).toThrow(ModelError);
});

/** The global that each malicious file must be refused for; the others are refused for what they do with allowed ones. */
const FORBIDDEN: Record<string, string> = {
  'system-global': 'posix.system',
  'system-stack-global': 'posix.system',
  'system-stack-global-memo': 'posix.system',
  'system-inst': 'posix.system',
  'system-obj': 'posix.system',
  'system-never-called': 'posix.system',
  'system-popped': 'posix.system',
  'build-setstate': 'posix.system',
  'builtins-eval': 'builtins.eval',
  'python-2-eval': '__builtin__.eval',
  'reduce-of-class': '__builtin__.eval',
  getattr: 'builtins.getattr',
  'torch-load': 'torch.storage._load_from_bytes',
  'dotted-name': 'torch.serialization.os',
  'prototype-name': '__proto__.constructor',
};

const MISUSED: Record<string, string> = {
  'build-function': 'Expected an object that has attributes, found the global "collections.OrderedDict"',
  'called-result': 'Expected a global to call, found a dict',
  'called-string': 'Expected a global to call, found the string "echo run > was-run"',
  'called-with-keywords': 'Expected a call without keywords, found a dict',
  'called-with-string': 'Expected a tuple of arguments for collections.OrderedDict, found the string',
  'extension-code': 'Expected an opcode of a pickle, found byte 0x82',
  'out-of-band-buffer': 'Expected an opcode of a pickle, found byte 0x97',
  'persistent-module': 'Expected the persistent id of a storage, found a list or tuple of 4',
  'rebuild-from-type': 'Expected arguments that torch._tensor._rebuild_from_type_v2 takes, found the global',
  'rebuild-itself': 'Expected arguments that torch._tensor._rebuild_from_type_v2 takes, found the global',
  'tensor-of-strings': 'Expected arguments that torch._utils._rebuild_tensor_v2 takes, found the string "echo run',
  'tensor-without-arguments': 'Expected arguments that torch._utils._rebuild_tensor_v2 takes, found none',
};

test('every malicious file has its line here', () => {
  const names = [...Object.keys(FORBIDDEN), ...Object.keys(MISUSED)].map((name) => `malicious/${name}.pth`);
  expect(fixtureNames('malicious')).toEqual(names.sort());
});

test.each(Object.entries(FORBIDDEN))('readCheckpoint(malicious/%s.pth) names the global, %s', (name, global) => {
  const found = new RegExp(
    `^Expected a file that holds only tensors, found the global "${global}" \\(byte \\d+ of archive/data.pkl\\); ` +
      String.raw`nothing of it was run\. In Python: torch\.save\(model\.state_dict\(\), path\)$`,
  );
  expect(() => readCheckpoint(fixture(`malicious/${name}.pth`))).toThrow(found);
  expect(existsSync('was-run')).toBe(false);
});

test.each(Object.entries(MISUSED))('readCheckpoint(malicious/%s.pth) throws: %s', (name, message) => {
  expect(() => readCheckpoint(fixture(`malicious/${name}.pth`))).toThrow(message);
  expect(() => readCheckpoint(fixture(`malicious/${name}.pth`))).toThrow(/ at byte \d+ of archive\/data\.pkl$/);
  expect(existsSync('was-run')).toBe(false);
});

test('a checkpoint whose keys are names of Object.prototype leaves that alone', () => {
  const header =
    '{"__proto__":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"constructor":{"dtype":"U8","shape":[],"data_offsets":[1,2]}}';
  const bytes = new Uint8Array(8 + header.length + 2).fill(3);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(header.length), true);
  bytes.set(new TextEncoder().encode(header), 8);
  const { tensors } = readCheckpoint(bytes);
  expect([...tensors.keys()]).toEqual(['__proto__', 'constructor']);
  expect(tensors.get('__proto__')?.read()).toEqual(Float32Array.of(3));
  expect(Object.keys(Object.prototype)).toEqual([]);
});
