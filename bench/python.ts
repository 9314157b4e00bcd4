import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** Why there is nothing from Python to compare with. */
export interface NoPython {
  reason: string;
}

/**
 * Runs one of the scripts of `bench/python`, each of which prints one JSON object. PYTHON names another interpreter than
 * `python3`.
 */
export async function runPython<Result>(script: string, args: readonly string[]): Promise<Result | NoPython> {
  const python = process.env.PYTHON ?? 'python3';
  const file = fileURLToPath(new URL(`./python/${script}`, import.meta.url));
  try {
    const { stdout } = await promisify(execFile)(python, [file, ...args], { maxBuffer: 2 ** 26 });
    return JSON.parse(stdout) as Result;
  } catch (error) {
    const { stderr = '', message } = error as Error & { stderr?: string };
    return { reason: `${python}: ${stderr.trim().split('\n').at(-1) || message}` };
  }
}
