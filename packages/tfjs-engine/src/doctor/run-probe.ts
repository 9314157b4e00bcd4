import { fileURLToPath } from 'node:url';
import type { EngineInfo } from '../engine-info';
import { runChild, type ChildOutcome } from '../run-child';
import type { EngineName, EngineReport, ProbeResult, ProbeTarget } from './engine-report';
import { findOnnxRuntime, type OnnxRuntimeReport } from './onnx-runtime';

const PROBE = fileURLToPath(new URL('./probe.cjs', import.meta.url));
const TIME_LIMIT_MS = 60_000;

/** Tries an engine in a process of its own. */
export async function tryEngine(name: EngineName): Promise<Omit<EngineReport, 'name'>> {
  const { result, stderr, end } = await runProbe(name);
  if (result === undefined || !('state' in result)) return { state: 'broken', reason: end };
  const warnings = tensorflowWarnings(stderr);
  return warnings.length > 0 ? { ...result, warnings } : result;
}

/** What `useEngine` chooses here; undefined where that fails. */
export async function tryChoice(): Promise<EngineInfo | undefined> {
  const { result } = await runProbe('auto');
  return result !== undefined && 'picked' in result ? result.picked : undefined;
}

/** ONNX Runtime as it is found from the working directory. */
export async function tryOnnxRuntime(): Promise<OnnxRuntimeReport> {
  const installed = findOnnxRuntime(process.cwd());
  if (!installed) return { state: 'absent' };
  const { result, end } = await runProbe('onnxruntime-node', installed.root);
  if (result && 'providers' in result) return { state: 'loads', ...installed, ...result };
  return { state: 'broken', ...installed, reason: result && 'reason' in result ? result.reason : end };
}

function runProbe(target: ProbeTarget, root = ''): Promise<ChildOutcome<ProbeResult>> {
  return runChild(PROBE, [target, root], { env: { TF_CPP_MIN_LOG_LEVEL: '1' }, timeLimitMs: TIME_LIMIT_MS });
}

/** Warnings and errors of TensorFlow's log: `... W file.cc:64] text` up to 2.1x, `W0000 ... file.cc:64] text` since. */
export function tensorflowWarnings(log: string): string[] {
  const texts = log
    .split('\n')
    .flatMap((line) => /^(?:\S+ \S+: )?[WE](?:\d{4})? .*?\.cc:\d+\] (.+)$/.exec(line)?.[1] ?? []);
  return [...new Set(texts)];
}
