import type { EngineInfo } from '../engine-info';
import { readLink } from '../link/link-record';
import { findNative } from '../native/find-native';
import { advise, type Advice } from './advice';
import { ENGINES, type EngineName, type EngineReport } from './engine-report';
import { adviseOnDriver } from './gpu-driver';
import { describeMachine, type Machine } from './machine';
import type { OnnxRuntimeReport } from './onnx-runtime';
import { tryChoice, tryEngine, tryOnnxRuntime } from './run-probe';
import { adviseOnWebGpu } from './web-gpu';

export interface DoctorReport {
  machine: Machine;
  /** All engines, fastest first. */
  engines: EngineReport[];
  /** What `useEngine` chooses in this folder, and why; null where that fails. */
  picked: EngineInfo | null;
  /** What compiled training runs on beside an engine. */
  onnxRuntime: OnnxRuntimeReport;
  /** What would be faster, and how to get it. */
  advice: Advice[];
}

/** Examines machine and engines, one engine after the other and each in a process of its own; takes some seconds. */
export async function examine(): Promise<DoctorReport> {
  const machine = describeMachine();
  const engines: EngineReport[] = [];
  for (const name of ENGINES) engines.push({ name, ...(await examineEngine(name)) });
  const picked = await tryChoice();
  const onnxRuntime = await tryOnnxRuntime();
  const { tensorflow } = engines.find(({ name }) => name === 'tfjs-node-gpu') as EngineReport;
  const { gpus } = machine;
  const advice = [
    ...adviseOnDriver(gpus, tensorflow),
    ...advise(gpus, engines, picked),
    ...adviseOnWebGpu(gpus, onnxRuntime, picked),
  ];
  return { machine, engines, picked: picked ?? null, onnxRuntime, advice };
}

async function examineEngine(name: EngineName): Promise<Omit<EngineReport, 'name'>> {
  if (name === 'wasm' || name === 'cpu') return tryEngine(name);
  const installed = findNative(`@tensorflow/${name}`);
  if (installed === undefined) return { state: 'absent' };
  const { version, root } = installed;
  if (!installed.hasAddon) return { state: 'incomplete', version, root };
  const link = readLink(root);
  return { ...(await tryEngine(name)), version, root, ...(link && { link }) };
}
