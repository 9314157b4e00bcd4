import { fileURLToPath } from 'node:url';
import { EngineError } from '../engine-error';
import { runChild } from '../run-child';
import type { Verification, Verified } from './verify-addon';

const VERIFY = fileURLToPath(new URL('./verify-addon.cjs', import.meta.url));
/** A GPU newer than TensorFlow's kernels may compile them anew. */
const TIME_LIMIT_MS = 300_000;

/**
 * Computes with an addon in a process of its own, which may crash.
 *
 * @throws EngineError when it does not load or computes something wrong
 */
export async function runVerification(root: string, addon: string): Promise<Verified> {
  const env = { TF_CPP_MIN_LOG_LEVEL: process.env.TF_CPP_MIN_LOG_LEVEL ?? '2' };
  const { result, end } = await runChild<Verification>(VERIFY, [root, addon], { env, timeLimitMs: TIME_LIMIT_MS });
  if (result && !('failure' in result)) return result;
  throw new EngineError(`The addon was built, but does not work: ${result?.failure ?? `it ${end}`}`);
}
