import { fork } from 'node:child_process';
import { open, mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Result } from './results';
import type { Job } from './train-arm';

const HERE = fileURLToPath(new URL('.', import.meta.url));

/**
 * Trains in a process of its own, whose messages go to `<job.out>.log`.
 *
 * @param threads  of TensorFlow's kernels; it would take all cores for each process
 * @throws Error when it ends without a result
 */
export async function runJob(job: Job, threads: number): Promise<Result> {
  await mkdir(dirname(job.out), { recursive: true });
  const logFile = `${job.out}.log`;
  const log = await open(logFile, 'w');
  try {
    return await new Promise((resolve, reject) => {
      const child = fork('train-arm.ts', [JSON.stringify(job)], {
        cwd: HERE,
        execArgv: ['--import', 'tsx'],
        stdio: ['ignore', log.fd, log.fd, 'ipc'],
        env: { ...process.env, TF_NUM_INTRAOP_THREADS: `${threads}`, OMP_NUM_THREADS: `${threads}` },
      });
      let result: Result | undefined;
      child.on('message', (message) => (result = message as Result));
      child.on('error', reject);
      child.on('close', (code, signal) => {
        if (result) resolve(result);
        else
          reject(new Error(`${job.arm}, seed ${job.seed}: ended without a result (${signal ?? code}); see ${logFile}`));
      });
    });
  } finally {
    await log.close();
  }
}
