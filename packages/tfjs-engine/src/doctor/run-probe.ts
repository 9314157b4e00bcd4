import { fileURLToPath } from 'node:url';
import type { EngineInfo } from '../engine-info';
import { runChild, type ChildOutcome } from '../run-child';
import type { EngineName, EngineReport, ProbeResult } from './engine-report';

const PROBE = fileURLToPath(new URL('./probe.cjs', import.meta.url));
const TIME_LIMIT_MS = 60_000;

/** Tries an engine in a process of its own. */
export async function tryEngine(name: EngineName): Promise<Omit<EngineReport, 'name'>> {
  const { result, stderr, end } = await runProbe(name);
  if (result === undefined || 'picked' in result) return { state: 'broken', reason: end };
  const warnings = tensorflowWarnings(stderr);
  return warnings.length > 0 ? { ...result, warnings } : result;
}

/** What `useEngine` chooses here; undefined where that fails. */
export async function tryChoice(): Promise<EngineInfo | undefined> {
  const { result } = await runProbe('auto');
  return result !== undefined && 'picked' in result ? result.picked : undefined;
}

function runProbe(target: EngineName | 'auto'): Promise<ChildOutcome<ProbeResult>> {
  return runChild(PROBE, [target], { env: { TF_CPP_MIN_LOG_LEVEL: '1' }, timeLimitMs: TIME_LIMIT_MS });
}

/** Warnings and errors of TensorFlow's log: `... W file.cc:64] text` up to 2.1x, `W0000 ... file.cc:64] text` since. */
export function tensorflowWarnings(log: string): string[] {
  const texts = log
    .split('\n')
    .flatMap((line) => /^(?:\S+ \S+: )?[WE](?:\d{4})? .*?\.cc:\d+\] (.+)$/.exec(line)?.[1] ?? []);
  return [...new Set(texts)];
}
