import { execFile, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { EnginePreference } from '@pose/tfjs-engine';
import type { NetworkResult, NetworkTask } from './network';

/** Shown instead of numbers: what is not there, and why. */
export interface Unavailable {
  engine: string;
  unavailable: string;
}

/** Fastest first. CUDA is hidden from the second, so that it measures TensorFlow's CPU kernels on a machine with a GPU too. */
const ENGINES: { engine: EnginePreference; env?: Record<string, string> }[] = [
  { engine: 'cuda' },
  { engine: 'native', env: { CUDA_VISIBLE_DEVICES: '' } },
  { engine: 'wasm' },
];

/** Every TensorFlow.js engine, then PyTorch; one after the other, each in its own process. */
export async function measureNetworks(
  settings: Omit<NetworkTask, 'engine'>,
  onStart: (name: string) => void,
): Promise<(NetworkResult | Unavailable)[]> {
  const results: (NetworkResult | Unavailable)[] = [];
  for (const { engine, env } of ENGINES) {
    onStart(engine);
    results.push(await measureEngine({ engine, ...settings }, env));
  }
  onStart('PyTorch');
  return [...results, ...(await measurePyTorch(settings))];
}

function measureEngine(task: NetworkTask, env: Record<string, string> = {}): Promise<NetworkResult | Unavailable> {
  return new Promise((resolve) => {
    const child = fork(fileURLToPath(new URL('network.ts', import.meta.url)), {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'], // TensorFlow greets on stderr; kept for the case that it crashes
    });
    let errors = '';
    child.stderr?.on('data', (text: Buffer) => (errors = (errors + text.toString()).slice(-2000)));
    child.once('message', (answer: { result?: NetworkResult; error?: string }) => {
      resolve(answer.result ?? { engine: task.engine, unavailable: answer.error ?? 'no result' });
    });
    child.once('close', (code, signal) => {
      resolve({
        engine: task.engine,
        unavailable: `ended with ${signal ?? code}: ${errors.trim().split('\n').at(-1)}`,
      });
    });
    child.send(task);
  });
}

/** The same network, batch and step in PyTorch, where a Python with torch is found. */
async function measurePyTorch(settings: Omit<NetworkTask, 'engine'>): Promise<(NetworkResult | Unavailable)[]> {
  const python = process.env.PYTHON ?? 'python3';
  const { input, batch, seconds } = settings;
  const script = fileURLToPath(new URL('pytorch.py', import.meta.url));
  try {
    await promisify(execFile)(python, ['-c', 'import torch']);
  } catch {
    return [{ engine: 'PyTorch', unavailable: `${python} has no torch (PYTHON names another interpreter)` }];
  }
  const { stdout } = await promisify(execFile)(python, [script, ...input.map(String), `${batch}`, `${seconds}`]);
  return JSON.parse(stdout) as NetworkResult[];
}
