import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';

export interface Ended {
  /** Exit status, or null when a signal ended it. */
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

/**
 * Runs a script of this folder in plain Node, against the built package.
 *
 * @param options.input  the script's settings, sent as JSON in its only argument
 * @param options.onLine  called for each line on its stdout as it comes
 */
export function runChild(
  script: string,
  { input, onLine, shell }: { input: unknown; onLine?: (line: string, child: ChildProcess) => void; shell?: string },
): Promise<Ended> {
  const command = [process.execPath, join(__dirname, script), JSON.stringify(input)];
  const child = shell
    ? spawn('sh', ['-c', `${shell}; exec "$0" "$@"`, ...command])
    : spawn(command[0], command.slice(1));
  let [stdout, stderr, rest] = ['', '', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    const lines = (rest + text).split('\n');
    rest = lines.pop() as string;
    for (const line of lines) onLine?.(line, child);
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
}
