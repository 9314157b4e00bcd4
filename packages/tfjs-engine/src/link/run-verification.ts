import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { EngineError } from '../engine-error';
import type { Verification, Verified } from './verify-addon';

const VERIFY = fileURLToPath(new URL('./verify-addon.cjs', import.meta.url));
/** A GPU newer than TensorFlow's kernels may compile them anew. */
const TIME_LIMIT_MS = 300_000;

/**
 * Computes with an addon in a process of its own, which may crash.
 *
 * @throws EngineError when it does not load or computes something wrong
 */
export function runVerification(root: string, addon: string): Promise<Verified> {
  return new Promise((resolve, reject) => {
    const child = fork(VERIFY, [root, addon], {
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      execArgv: [],
      timeout: TIME_LIMIT_MS,
      env: { TF_CPP_MIN_LOG_LEVEL: '2', ...process.env },
    });
    let result: Verification | undefined;
    let stderr = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.on('message', (message) => (result = message as Verification));
    child.on('error', reject);
    child.on('close', (code, signal) => {
      if (result && !('failure' in result)) return resolve(result);
      const how = child.killed
        ? `it did not answer within ${TIME_LIMIT_MS / 1000} s`
        : `it crashed (${signal ?? `exit ${code}`}). ${stderr.trim().split('\n').slice(-5).join('\n')}`;
      reject(new EngineError(`The addon was built, but does not work: ${result?.failure ?? how}`));
    });
  });
}
