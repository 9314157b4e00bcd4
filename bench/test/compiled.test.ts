import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import type { CompiledResult, CompiledRow } from '../compiled';

const BENCH = resolve(__dirname, '..');

/** The part `compiled` of bench.ts, without a Python, which may have torch. */
function compiled(...options: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const args = ['--import', 'tsx', 'bench.ts', '--parts', 'compiled', '--seconds', '1', ...options];
  const env = { ...process.env, PYTHON: 'no-such-python' };
  return new Promise((done) => {
    execFile(process.execPath, args, { cwd: BENCH, env }, (error, stdout, stderr) =>
      done({ code: error ? Number(error.code ?? -1) : 0, stdout, stderr }),
    );
  });
}

test('--parts compiled --json: times, compile time and memory of what is here, the reason of what is not', async () => {
  const { code, stdout, stderr } = await compiled('--json', '--input', '32x32', '--batches', '2');
  expect({ code, warned: /warn|error/i.test(stderr) }).toEqual({ code: 0, warned: false });
  const { compiled: results } = JSON.parse(stdout) as { compiled: CompiledResult[] };
  expect(results).toMatchObject([{ model: 'pose_resnet18', batch: 2, input: [32, 32] }]);
  const rows = Object.fromEntries(results[0].rows.map((row) => [row.way, row])) as Record<string, CompiledRow>;
  for (const way of ['PyTorch eager', 'PyTorch autocast, bfloat16', 'PyTorch torch.compile']) {
    expect(rows[way]).toEqual({ way, reason: expect.stringContaining('no-such-python') });
  }
  const [opByOp, onnx] = [rows['op by op'], rows['ONNX graph']];
  for (const { train, forward, memory } of [opByOp, onnx]) {
    expect(forward!.seconds).toBeLessThan(train!.seconds);
    expect(memory).toBeGreaterThan(15_376_721 * 4 * 4); // weights, gradients and two moments
  }
  expect(onnx.runtime).toMatch(/^ONNX Runtime \d/);
  expect(onnx.compileSeconds).toBeGreaterThan(0);
  expect(opByOp.compileSeconds).toBeUndefined();
});

test('a row that takes longer than the limit says so, and the others follow', async () => {
  const { code, stdout } = await compiled('--input', '1024x1024', '--batch', '8', '--limit', '1');
  expect(code).toBe(0);
  expect(stdout).toMatch(/^not measured \(.*ONNX graph\): took more than 1 s (to start|for 'train')$/m);
  expect(stdout).toMatch(/^not measured \(.*PyTorch torch.compile\): .*no-such-python/m);
});
