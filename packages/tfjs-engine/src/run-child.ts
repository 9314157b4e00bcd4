import { fork } from 'node:child_process';

/** How a child process ended: with a result, or in the words of `end`. */
export interface ChildOutcome<Result> {
  result?: Result;
  stderr: string;
  /** Such as `crashed (SIGABRT): terminate called ...`. */
  end: string;
}

/**
 * Runs one of this package's built files in a process of its own: TensorFlow loads once per process, and a crash of it
 * must not be ours. It sends its result as a message.
 */
export function runChild<Result>(
  file: string,
  args: string[],
  { env = {}, timeLimitMs }: { env?: Record<string, string>; timeLimitMs?: number } = {},
): Promise<ChildOutcome<Result>> {
  return new Promise((resolve, reject) => {
    const child = fork(file, args, {
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      execArgv: [],
      timeout: timeLimitMs,
      env: { ...process.env, ...env },
    });
    let result: Result | undefined;
    let stderr = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.on('message', (message) => (result = message as Result));
    child.on('error', reject);
    child.on('close', (code, signal) => {
      const how =
        child.killed && timeLimitMs !== undefined
          ? `did not answer within ${timeLimitMs / 1000} s`
          : `crashed (${signal ?? `exit ${code}`})`;
      resolve({ result, stderr, end: [how, lastLine(stderr)].filter(Boolean).join(': ') });
    });
  });
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1)?.slice(0, 200) ?? '';
}
