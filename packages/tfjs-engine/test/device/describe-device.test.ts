import { availableParallelism, cpus, totalmem } from 'node:os';
import { describeDevice, tensorflowThreads } from '../../src/device/describe-device';
import { wasmFeatures } from '../../src/device/wasm-features';

test.each(['native', 'wasm', 'cpu'] as const)('describeDevice(%s) names the CPU and its memory', (kind) => {
  expect(describeDevice(kind)).toMatchObject({ device: cpus()[0].model.trim(), memory: totalmem() });
});

test('wasmFeatures: relaxed SIMD came with V8 11.4, the others are in every Node that is supported', () => {
  const [major, minor] = process.versions.v8.split('.').map(Number);
  const relaxed = major > 11 || (major === 11 && minor >= 4);
  expect(wasmFeatures()).toEqual(relaxed ? ['simd', 'threads', 'relaxed-simd'] : ['simd', 'threads']);
});

test.each([
  ['3', 3],
  ['0', availableParallelism()],
  ['many', availableParallelism()],
  [undefined, availableParallelism()],
])('tensorflowThreads: TF_NUM_INTRAOP_THREADS=%s makes %i', (value, threads) => {
  const before = process.env.TF_NUM_INTRAOP_THREADS;
  delete process.env.TF_NUM_INTRAOP_THREADS;
  if (value !== undefined) process.env.TF_NUM_INTRAOP_THREADS = value;
  expect(tensorflowThreads()).toBe(threads);
  delete process.env.TF_NUM_INTRAOP_THREADS;
  if (before !== undefined) process.env.TF_NUM_INTRAOP_THREADS = before;
});
