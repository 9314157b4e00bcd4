import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { EngineInfo } from '../engine-info';
import type { EngineName, EngineReport, ProbeResult } from './engine-report';

const PROBE = fileURLToPath(new URL('./probe.cjs', import.meta.url));
const TIME_LIMIT_MS = 60_000;

/** Tries an engine in a process of its own: TensorFlow loads once per process, and a crash of it must not be ours. */
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

function runProbe(target: EngineName | 'auto'): Promise<{ result?: ProbeResult; stderr: string; end: string }> {
  return new Promise((resolve, reject) => {
    const child = fork(PROBE, [target], {
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      execArgv: [],
      timeout: TIME_LIMIT_MS,
      env: { ...process.env, TF_CPP_MIN_LOG_LEVEL: '1' },
    });
    let result: ProbeResult | undefined;
    let stderr = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.on('message', (message) => (result = message as ProbeResult));
    child.on('error', reject);
    child.on('close', (code, signal) => {
      const how = child.killed
        ? `did not answer within ${TIME_LIMIT_MS / 1000} s`
        : `crashed (${signal ?? `exit ${code}`})`;
      resolve({ result, stderr, end: [how, lastLine(stderr)].filter(Boolean).join(': ') });
    });
  });
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1)?.slice(0, 200) ?? '';
}

/** Warnings and errors of TensorFlow's log: `... W file.cc:64] text` up to 2.1x, `W0000 ... file.cc:64] text` since. */
export function tensorflowWarnings(log: string): string[] {
  const texts = log
    .split('\n')
    .flatMap((line) => /^(?:\S+ \S+: )?[WE](?:\d{4})? .*?\.cc:\d+\] (.+)$/.exec(line)?.[1] ?? []);
  return [...new Set(texts)];
}
