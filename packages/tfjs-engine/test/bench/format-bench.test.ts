import { formatBench } from '../../src/bench/format-bench';
import { formatProfile } from '../../src/bench/format-profile';
import type { BenchReport, BenchResult } from '../../src/bench/report';
import type { Machine } from '../../src/doctor/machine';

const MACHINE: Machine = {
  node: '22.1.0',
  platform: 'linux',
  arch: 'x64',
  cores: 2,
  cpu: 'A CPU',
  cpuFeatures: ['avx2'],
  wasmFeatures: ['simd'],
  memory: 2 ** 34,
  gpus: [],
  gpuProblem: 'there is no nvidia-smi',
};
const wasm: BenchResult = {
  model: 'pose_resnet18',
  engine: 'wasm',
  from: '@tensorflow/tfjs-backend-wasm 4.22.0',
  threads: 2,
  train: { seconds: 2, runs: 5, imagesPerSecond: 4, gflops: 200, gflopsPerThread: 100, toPyTorch: 1.456 },
  forward: { seconds: 0.5, runs: 20, imagesPerSecond: 16, gflops: 250, gflopsPerThread: 125, toPyTorch: 2 },
  memory: { process: 3 * 2 ** 20 },
};
const cuda: BenchResult = {
  ...wasm,
  model: 'pose_resnet50',
  engine: 'cuda',
  threads: undefined,
  train: { seconds: 1, runs: 3, imagesPerSecond: 8 },
  memory: { process: 2 ** 30, device: 2 ** 29 },
};
const REPORT: BenchReport = {
  machine: MACHINE,
  input: [256, 192],
  batch: 8,
  seconds: 10,
  results: [wasm, cuda],
  unavailable: [
    { engine: 'native', model: 'pose_resnet18', reason: 'not installed' },
    { engine: 'PyTorch', model: 'all', reason: 'no torch' },
    { engine: 'native', model: 'pose_resnet50', reason: 'not installed' },
  ],
};
const columns = (line: string) => line.trim().split(/ {3,}/);

test('formatBench: a table per model, two rows per engine, a dash where a number is not known', () => {
  const lines = formatBench(REPORT).split('\n');
  expect(lines[0]).toBe('A CPU, 2 cores, Node 22.1.0; 256x192, batch 8, float32');
  const rows = lines.filter((line) => /training {3}|forward {3}/.test(line)).map(columns);
  expect(rows).toEqual([
    ['wasm', 'training', '4.0', '2000', '200.0', '100.0', '1.46', '5', '3 MiB', `${wasm.from}; 2 threads`],
    ['forward', '16.0', '500', '250.0', '125.0', '2.00', '20'],
    ['cuda', 'training', '8.0', '1000', '-', '-', '-', '3', '1024 MiB', wasm.from],
    ['forward', '16.0', '500', '250.0', '125.0', '2.00', '20', 'GPU 512 MiB'],
  ]);
});

test('formatBench: what was not measured is one line per reason', () => {
  const text = formatBench(REPORT);
  expect(text).toContain('\nnot measured (pose_resnet18, pose_resnet50): native: not installed\n');
  expect(text).toContain('\nnot measured (all): PyTorch: no torch\n');
});

test('formatProfile: kernels with their shares, then what is outside of them and the whole', () => {
  const kernels = [
    { name: 'Conv2D', calls: 20, milliseconds: 60 },
    { name: 'Relu', calls: 3, milliseconds: 15 },
  ];
  const profile = {
    model: 'pose_resnet18',
    engine: 'cuda' as const,
    milliseconds: 100,
    kernels,
    outsideMilliseconds: 25,
  };
  const { machine, input, batch } = REPORT;
  const lines = formatProfile({ machine, input, batch, profiles: [profile], unavailable: [] }).split('\n');
  expect(lines[0]).toBe('pose_resnet18 on cuda: one training step, 256x192, batch 8');
  expect(lines.slice(4, 8).map(columns)).toEqual([
    ['Conv2D', '20', '60.0', '60.0%'],
    ['Relu', '3', '15.0', '15.0%'],
    ['(outside kernels)', '25.0', '25.0%'],
    ['(whole step)', '100.0', '100.0%'],
  ]);
});
