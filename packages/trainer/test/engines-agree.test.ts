import { runChild } from './children/run-child';

const STEPS = 20;

async function losses(engine: string, fusedKernels: boolean): Promise<number[]> {
  const { stdout, stderr, code } = await runChild('losses.cjs', { input: { engine, fusedKernels, steps: STEPS } });
  if (code !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as number[];
}

/** Largest difference of any step's loss, relative to the loss. */
function difference(actual: number[], expected: number[]): number {
  expect(actual).toHaveLength(STEPS);
  return Math.max(...actual.map((loss, step) => Math.abs(loss / expected[step] - 1)));
}

// Seen on two cores: wasm and native 1.1e-5, composed ops 2.5e-5.
test('a training run has the same losses to 1e-4 over 20 steps on every engine, with and without fused kernels', async () => {
  const wasm = await losses('wasm', true);
  expect(new Set(wasm).size).toBe(STEPS);
  expect(difference(await losses('wasm', false), wasm)).toBeLessThan(1e-4);
  expect(difference(await losses('cpu', true), wasm)).toBeLessThan(1e-4);
  if (process.env.POSE_ENGINE !== 'native') return;
  expect(difference(await losses('native', true), wasm)).toBeLessThan(1e-4);
  expect(difference(await losses('native', false), wasm)).toBeLessThan(1e-4);
}, 240_000);
