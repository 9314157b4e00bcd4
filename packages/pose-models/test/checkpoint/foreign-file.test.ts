import { ModelError, readCheckpoint } from '../../src';
import { fixture } from './fixtures';

const text = (content: string) => new TextEncoder().encode(content);
const bytes = (...values: number[]) => Uint8Array.from(values);

function tar(): Uint8Array {
  const file = new Uint8Array(1024);
  file.set(text('ustar'), 257);
  return file;
}

test.each([
  ['empty file', new Uint8Array(0), 'an empty file'],
  ['tar archive', tar(), 'a tar archive, as the first versions of PyTorch wrote'],
  ['HDF5', bytes(0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a, 0), 'an HDF5 file'],
  ['ONNX', bytes(8, 7, 0x12, 7, 0x70, 0x79), 'an ONNX model'],
  ['numpy', bytes(0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0), 'an array of numpy'],
  ['TensorFlow Lite', bytes(0x1c, 0, 0, 0, 0x54, 0x46, 0x4c, 0x33), 'a TensorFlow Lite model'],
  ['gzip', bytes(0x1f, 0x8b, 8, 0), 'a gzip file; unpack it first'],
  ['web page', text('\n<!DOCTYPE html><html lang="en">'), 'a web page'],
  ['LFS pointer', text('version https://git-lfs.github.com/spec/v1\noid sha256:'), 'a pointer of Git LFS'],
  ['JSON', text('{"format": "layers-model"}'), 'JSON'],
  ['other pickle', fixture('refused/pickle.pkl'), "a pickle of Python's that torch.save did not write"],
  ['other bytes', bytes(1, 2, 255), 'a file of 3 bytes that begins with 01 02 ff'],
])('readCheckpoint(%s) says what it is', (_, file, what) => {
  const message = `Expected PyTorch's weights (torch.save or safetensors), found ${what}`;
  expect(() => readCheckpoint(file)).toThrow(message);
  expect(() => readCheckpoint(file)).toThrow(ModelError);
});

test('readCheckpoint(TorchScript archive) says how to make a checkpoint of it', () => {
  expect(() => readCheckpoint(fixture('refused/torchscript.pt'))).toThrow(
    'Expected weights saved by torch.save, found a TorchScript archive. In Python: torch.save(torch.jit.load(path)',
  );
});

test('readCheckpoint(value) refuses what is not bytes', () => {
  expect(() => readCheckpoint('model.pth' as unknown as Uint8Array)).toThrow(
    new ModelError("Expected a file's bytes as Uint8Array, found string"),
  );
});
