import type { EngineInfo } from '../engine-info';
import type { OnnxRuntimeReport } from './onnx-runtime';

/** What is there of ONNX Runtime, and what that means for training's speed, in a line each. */
export function describeOnnxRuntime(report: OnnxRuntimeReport, picked: EngineInfo | null): string[] {
  return [describeState(report), consequence(report, picked)];
}

function describeState({ state, version, providers = [], reason }: OnnxRuntimeReport): string {
  if (state === 'absent') return 'onnxruntime-node is not found from here';
  if (state === 'broken') return `onnxruntime-node ${version} does not load: ${reason}`;
  const names = (bundled: boolean) => providers.filter((one) => one.bundled === bundled).map(({ name }) => name);
  const others = names(false);
  const more = others.length > 0 ? `; ${others.join(', ')} where their libraries are installed` : '';
  return `onnxruntime-node ${version} with ${names(true).join(', ') || 'no providers of its own'}${more}`;
}

function consequence({ state }: OnnxRuntimeReport, picked: EngineInfo | null): string {
  if (picked && picked.kind !== 'wasm' && picked.kind !== 'cpu') {
    return "training with compile: 'auto' runs as graphs of TensorFlow here, which need no ONNX Runtime";
  }
  if (state === 'loads') return "training with compile: 'auto' runs as its graphs where they are faster than wasm";
  return "without it training runs op by op: npm install onnxruntime-node@1.30.0, then compile: 'auto'";
}
