import { advise } from '../../src/doctor/advice';
import type { EngineReport } from '../../src/doctor/engine-report';
import type { LinkRecord } from '../../src/link/link-record';
import type { EngineInfo } from '../../src/index';

const A_GPU = [{ name: 'Tesla T4', driver: '470.82', memoryMiB: 15109 }];
const picked = (kind: EngineInfo['kind']): EngineInfo => ({
  kind,
  backend: '',
  package: '',
  device: '',
  features: [],
  why: '',
  fusedKernels: true,
  notes: [],
});
const engines = (gpu: Partial<EngineReport>, node: Partial<EngineReport> = {}): EngineReport[] => [
  { name: 'tfjs-node-gpu', state: 'absent', ...gpu },
  { name: 'tfjs-node', state: 'absent', ...node },
];
const commands = (...args: Parameters<typeof advise>) => advise(...args).flatMap((one) => one.commands?.npm ?? []);

test('nothing is faster than CUDA, nor than the native engine without a GPU', () => {
  expect(advise(A_GPU, engines({ state: 'loads', device: 'cuda' }), picked('cuda'))).toEqual([]);
  expect(advise([], engines({ state: 'loads', device: 'cpu' }), picked('native'))).toEqual([]);
});

test('with a GPU it is tfjs-node-gpu, even where tfjs-node works', () => {
  expect(commands(A_GPU, engines({}, { state: 'loads' }), picked('native'))).toEqual([
    'npm install @tensorflow/tfjs-node-gpu@4.22.0',
  ]);
});

test('without a GPU it is tfjs-node, unless tfjs-node-gpu is there and only lacks its addon', () => {
  expect(commands([], engines({}), picked('wasm'))).toEqual(['npm install @tensorflow/tfjs-node@4.22.0']);
  expect(commands([], engines({ state: 'incomplete' }), picked('wasm'))).toEqual([
    'npm rebuild @tensorflow/tfjs-node-gpu',
    'python3 -m pip install tensorflow-cpu && npx pose-engine link --python python3',
  ]);
});

test('a missing addon can be downloaded again, or linked against a TensorFlow that pip installs', () => {
  const [again, build] = advise([], engines({ state: 'incomplete' }), picked('wasm'));
  expect(again.commands).toEqual({
    npm: 'npm rebuild @tensorflow/tfjs-node-gpu',
    pnpm: 'pnpm -r --config.dangerously-allow-all-builds=true rebuild @tensorflow/tfjs-node-gpu',
  });
  expect(build.commands).toEqual({
    npm: 'python3 -m pip install tensorflow-cpu && npx pose-engine link --python python3',
    pnpm: 'python3 -m pip install tensorflow-cpu && pnpm exec pose-engine link --python python3',
  });
  const [, forGpu] = advise(A_GPU, engines({ state: 'incomplete' }), picked('wasm'));
  expect(forGpu.commands?.npm).toContain("pip install 'tensorflow[and-cuda]' && ");
});

const link: LinkRecord = {
  tensorflow: '2.21.0',
  library: '/venv/tensorflow/libtensorflow_cc.so.2',
  option: '--python',
  value: '/venv/bin/python',
  compiler: 'g++',
  node: '20.0.0',
  linkedAt: '2026-01-01T00:00:00.000Z',
};

test('a linked addon that does not load is linked again, not downloaded', () => {
  const all = advise([], engines({ state: 'broken', reason: 'no library', link }), picked('wasm'));
  expect(all.map(({ commands }) => commands?.npm)).toEqual(['npx pose-engine link --python /venv/bin/python']);
  expect(all[0].text).toContain('It was linked to TensorFlow 2.21.0 at /venv/tensorflow/libtensorflow_cc.so.2.');
});

test('a GPU that a linked TensorFlow does not use needs a TensorFlow with CUDA', () => {
  const [why, how] = advise(A_GPU, engines({ state: 'loads', device: 'cpu', link }), picked('native'));
  expect(why.text).toContain(
    'linked to TensorFlow 2.21.0 at /venv/tensorflow/libtensorflow_cc.so.2, which must be a build',
  );
  expect(how.commands?.npm).toContain("pip install 'tensorflow[and-cuda]' && ");
});

test('a GPU that TensorFlow does not use comes with what TensorFlow says about it', () => {
  const warnings = ["Could not load dynamic library 'libcudart.so.11.0'"];
  const [one] = advise(A_GPU, engines({ state: 'loads', device: 'cpu', warnings }), picked('native'));
  expect(one.text).toContain("TensorFlow says: Could not load dynamic library 'libcudart.so.11.0'");
});
