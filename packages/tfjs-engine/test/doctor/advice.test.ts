import { advise } from '../../src/doctor/advice';
import type { EngineReport } from '../../src/doctor/engine-report';
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
  ]);
});

test('a missing addon can be downloaded again, or built against a newer TensorFlow', () => {
  const [again, build] = advise([], engines({ state: 'incomplete', root: '/x' }), picked('wasm'));
  expect(again.commands).toEqual({
    npm: 'npm rebuild @tensorflow/tfjs-node-gpu',
    pnpm: 'pnpm -r --config.dangerously-allow-all-builds=true rebuild @tensorflow/tfjs-node-gpu',
  });
  expect(build.text).toContain('/x/deps/include');
});

test('a GPU that TensorFlow does not use comes with what TensorFlow says about it', () => {
  const warnings = ["Could not load dynamic library 'libcudart.so.11.0'"];
  const [one] = advise(A_GPU, engines({ state: 'loads', device: 'cpu', warnings }), picked('native'));
  expect(one.text).toContain("TensorFlow says: Could not load dynamic library 'libcudart.so.11.0'");
});
