import { execFile } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const PACKAGE = resolve(__dirname, '../..');
const DEPENDENCIES = ['@tensorflow/tfjs', '@tensorflow/tfjs-core', '@tensorflow/tfjs-backend-wasm', 'commander'];

/** How a native package lies in a project: without its addon, or with one that fails when it is loaded, or is cut short. */
export type NativeFixture = 'incomplete' | 'broken' | 'truncated';

/** A project with the built package installed, outside of the workspace, where no native package is found by chance. */
export function makeProject(natives: Record<string, NativeFixture> = {}): string {
  const root = mkdtempSync(join(realpathSync(tmpdir()), 'pose-engine-'));
  const installed = join(root, 'node_modules/@pose/tfjs-engine');
  for (const part of ['bin', 'dist', 'package.json'])
    cpSync(join(PACKAGE, part), join(installed, part), { recursive: true });
  for (const name of DEPENDENCIES) {
    const link = join(root, 'node_modules', name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(realpathSync(join(PACKAGE, 'node_modules', name)), link);
  }
  for (const [name, state] of Object.entries(natives)) {
    const folder = join(root, 'node_modules', name);
    mkdirSync(join(folder, 'lib/napi-v8'), { recursive: true });
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ name, version: '4.22.0', main: 'index.js' }));
    writeFileSync(
      join(folder, 'index.js'),
      `const tf = require('@tensorflow/tfjs-core');
       tf.registerKernel({ kernelName: 'Relu', backendName: 'tensorflow', kernelFunc: () => [] });
       throw new Error('libtensorflow.so.2: cannot open shared object file\\nand a second line\\nand a third');`,
    );
    const addon = join(folder, 'lib/napi-v8/tfjs_binding.node');
    if (state === 'broken') writeFileSync(addon, Buffer.alloc(64));
    if (state === 'truncated') writeFileSync(addon, readFileSync(process.execPath).subarray(0, 1000));
  }
  return root;
}

/** Installs an onnxruntime-node of this content in a folder of a project, such as another package's. */
export function addOnnxRuntime(folder: string, content: string): void {
  addPackage(folder, 'onnxruntime-node', content, '1.30.0');
}

/** @returns the package's folder */
export function addPackage(folder: string, name: string, content = '', version = '0.0.0'): string {
  const root = join(folder, 'node_modules', name);
  mkdirSync(root, { recursive: true });
  writeFileSync(join(root, 'package.json'), JSON.stringify({ name, version, main: 'index.js' }));
  writeFileSync(join(root, 'index.js'), content);
  return root;
}

export function removeProject(root: string): void {
  rmSync(root, { recursive: true, force: true });
}

export interface Run {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs node in the project. */
export function runNode(root: string, args: string[], env: Record<string, string> = {}): Promise<Run> {
  // pnpm's commands set NODE_PATH to everything that the workspace has.
  const outer = { ...process.env };
  delete outer.NODE_PATH;
  return new Promise((done) => {
    execFile(process.execPath, args, { cwd: root, env: { ...outer, ...env } }, (error, stdout, stderr) =>
      done({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, stdout, stderr }),
    );
  });
}
