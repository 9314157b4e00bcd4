import { adviseOnWebGpu } from '../../src/doctor/web-gpu';
import type { EngineInfo } from '../../src/engine-info';

const A_GPU = [{ name: 'NVIDIA H200', driver: '580.159.04', memoryMiB: 143_771 }];
const picked = (kind: EngineInfo['kind']) => ({ kind }) as EngineInfo;
const found = (...names: string[]) => ({
  state: 'loads' as const,
  providers: names.map((name) => ({ name, bundled: true })),
});

test('a GPU that no engine uses is for ONNX Runtime, where that has WebGPU', () => {
  const [advice] = adviseOnWebGpu(A_GPU, found('cpu', 'webgpu'), picked('wasm'));
  expect(advice.text).toContain("compile: 'onnx-webgpu'");
  expect(adviseOnWebGpu(A_GPU, found('cpu', 'webgpu'), picked('cuda'))).toEqual([]);
  expect(adviseOnWebGpu([], found('cpu', 'webgpu'), picked('wasm'))).toEqual([]);
  expect(adviseOnWebGpu(A_GPU, found('cpu'), picked('wasm'))).toEqual([]);
  expect(adviseOnWebGpu(A_GPU, { state: 'absent' }, picked('wasm'))).toEqual([]);
});
