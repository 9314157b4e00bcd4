import type { Measurement } from '../../src/bench/bench-task';
import { compare } from '../../src/bench/compare';
import type { PyTorchMeasurement } from '../../src/bench/pytorch';
import type { EngineKind } from '../../src/index';

/** A model of 5 GMAC: ten billion operations per image. */
const measured = (engine: EngineKind, train: number, forward: number, threads?: number) => ({
  engine,
  measurement: {
    info: {
      kind: engine,
      backend: '',
      package: 'p',
      device: '',
      features: [],
      threads,
      fusedKernels: true,
      why: '',
      notes: [],
    },
    tfjs: '4.22.0',
    macs: 5e9,
    train: { seconds: train, runs: 3 },
    forward: { seconds: forward, runs: 4 },
    memory: { process: 1 },
  } satisfies Measurement,
});
const torch = (device: 'cpu' | 'cuda', train: number, forward: number): PyTorchMeasurement => ({
  device,
  version: '2.13',
  threads: 4,
  train: { seconds: train, runs: 3 },
  forward: { seconds: forward, runs: 3 },
  memory: { process: 2 },
});

test('compare: images and operations per second, a step counted as three forward passes', () => {
  const [wasm] = compare('m', 8, [measured('wasm', 3, 0.5, 2)], []);
  expect(wasm.train.imagesPerSecond).toBeCloseTo(8 / 3, 9);
  expect(wasm.train.gflops).toBeCloseTo((3 * 8 * 10) / 3, 9);
  expect(wasm.train.gflopsPerThread).toBeCloseTo((3 * 8 * 10) / 3 / 2, 9);
  expect(wasm.forward.gflops).toBeCloseTo((8 * 10) / 0.5, 9);
  expect(wasm.train.toPyTorch).toBeUndefined();
});

test('compare: each engine to PyTorch on its kind of device; PyTorch itself to nothing', () => {
  const engines = [measured('cuda', 0.2, 0.1), measured('native', 3, 0.6, 4)];
  const results = compare('m', 8, engines, [torch('cpu', 2, 0.5), torch('cuda', 0.1, 0.02)]);
  const ratios = results.map(({ engine, train, forward }) => [engine, train.toPyTorch, forward.toPyTorch]);
  expect(ratios).toEqual([
    ['cuda', expect.closeTo(2), expect.closeTo(5)],
    ['native', expect.closeTo(1.5), expect.closeTo(1.2)],
    ['PyTorch cpu', undefined, undefined],
    ['PyTorch cuda', undefined, undefined],
  ]);
  const [cuda, , cpuTorch] = results;
  expect(cuda.train.gflopsPerThread).toBeUndefined();
  expect(cpuTorch.train.gflopsPerThread).toBeCloseTo((3 * 8 * 10) / 2 / 4, 9);
});

test('compare: without an engine the operations of the model are not known', () => {
  const [alone] = compare('m', 8, [], [torch('cpu', 2, 0.5)]);
  expect(alone.train).toEqual({ seconds: 2, runs: 3, imagesPerSecond: 4 });
});
