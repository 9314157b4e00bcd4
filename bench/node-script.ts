import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** Runs one of this folder's scripts, each of which prints one JSON object, in a process of its own. */
export async function runNode<Result>(
  script: string,
  args: readonly string[],
  nodeOptions: readonly string[] = [],
): Promise<Result> {
  const file = fileURLToPath(new URL(`./${script}`, import.meta.url));
  const command = [...nodeOptions, file, ...args];
  const { stdout } = await promisify(execFile)(process.execPath, command, { maxBuffer: 2 ** 26 });
  return JSON.parse(stdout) as Result;
}
