import { describeOnnxRuntime } from '../../src/doctor/describe-onnx-runtime';
import type { OnnxRuntimeReport } from '../../src/doctor/onnx-runtime';
import type { EngineInfo } from '../../src/engine-info';

const picked = (kind: EngineInfo['kind']): EngineInfo => ({ kind }) as EngineInfo;
const loads: OnnxRuntimeReport = { state: 'loads', version: '1.30.0', providers: [{ name: 'cpu', bundled: true }] };

test('where ONNX Runtime is missing, it says what that costs beside WebAssembly, and how to get it', () => {
  expect(describeOnnxRuntime({ state: 'absent' }, picked('wasm'))).toEqual([
    'onnxruntime-node is not found from here',
    "without it training runs op by op: npm install onnxruntime-node@1.30.0, then compile: 'auto'",
  ]);
});

test('beside TensorFlow it is not needed', () => {
  for (const report of [loads, { state: 'absent' } as const]) {
    for (const kind of ['native', 'cuda'] as const) {
      expect(describeOnnxRuntime(report, picked(kind))[1]).toContain('graphs of TensorFlow');
    }
  }
});

test('it names version and providers, or why it does not load', () => {
  expect(describeOnnxRuntime(loads, null)).toEqual([
    'onnxruntime-node 1.30.0 with cpu',
    "training with compile: 'auto' runs as its graphs where they are faster than wasm",
  ]);
  const broken: OnnxRuntimeReport = { state: 'broken', version: '1.30.0', reason: 'crashed (SIGILL)' };
  expect(describeOnnxRuntime(broken, picked('wasm'))[0]).toBe(
    'onnxruntime-node 1.30.0 does not load: crashed (SIGILL)',
  );
});
