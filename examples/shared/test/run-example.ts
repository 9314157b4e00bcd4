import { execFile } from 'node:child_process';
import { resolve } from 'node:path';

const EXAMPLES = resolve(__dirname, '../..');

export interface Ended {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs a program of an example, such as 'train-hourglass/train.ts', as a user does. */
export function runExample(program: string, args: readonly string[]): Promise<Ended> {
  const command = ['--import', 'tsx', resolve(EXAMPLES, program), ...args];
  return new Promise((done) => {
    execFile(process.execPath, command, { cwd: __dirname, maxBuffer: 1 << 24 }, (error, stdout, stderr) =>
      done({ code: error ? Number(error.code ?? -1) : 0, stdout, stderr }),
    );
  });
}
