import { execFile } from 'node:child_process';
import path from 'node:path';

/** Runs the built command. */
export function cocoDataset(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const bin = path.resolve(__dirname, '../../bin/coco-dataset.cjs');
  return new Promise((resolve) => {
    execFile(process.execPath, [bin, ...args], (error, stdout, stderr) => {
      resolve({ code: Number(error?.code ?? 0), stdout, stderr });
    });
  });
}
