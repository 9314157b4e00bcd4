import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** The part of ONNX Runtime that runs a graph on some hardware. */
export interface ExecutionProvider {
  name: string;
  /** Whether it comes with the package; others need libraries of their own. */
  bundled: boolean;
}

export interface OnnxRuntimeReport {
  /** absent: not found from the working directory. broken: does not load. */
  state: 'loads' | 'absent' | 'broken';
  version?: string;
  /** The package's folder. */
  root?: string;
  providers?: ExecutionProvider[];
  /** Why it does not load. */
  reason?: string;
}

/** From package to package: @pose/tfjs-compile, which compiles for it, may be the trainer's own; or the project has it. */
const WAYS = [['@pose/tfjs-compile'], ['@pose/trainer', '@pose/tfjs-compile'], []];

/** Looks for onnxruntime-node from a project's folder, where compiled training looks for it first; loads nothing. */
export function findOnnxRuntime(folder: string): { version: string; root: string } | undefined {
  for (const way of WAYS) {
    try {
      const from = way.reduce((origin, name) => createRequire(origin).resolve(name), join(folder, 'package.json'));
      const manifest = createRequire(from).resolve('onnxruntime-node/package.json');
      const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string };
      return { version, root: dirname(manifest) };
    } catch {
      continue;
    }
  }
  return undefined;
}

/** Loads the package. */
export function executionProviders(root: string): ExecutionProvider[] {
  const runtime = createRequire(join(root, 'package.json'))(root) as { listSupportedBackends(): ExecutionProvider[] };
  return runtime.listSupportedBackends().map(({ name, bundled }) => ({ name, bundled }));
}
