import { execFile } from 'node:child_process';
import { dirname, join, resolve } from 'node:path';

const BENCH = resolve(__dirname, '..');
const BIN = join(dirname(require.resolve('@pose/tfjs-engine/package.json')), 'bin/pose-engine.cjs');
const TINY = ['--models', 'pose_resnet18', '--input', '32x32', '--batch', '2', '--seconds', '1'];

/** Runs a program of Node in this package's folder, where the models are; without a Python, which may have torch. */
function run(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const env = { ...process.env, PYTHON: 'no-such-python' };
  return new Promise((done) => {
    execFile(process.execPath, args, { cwd: BENCH, env }, (error, stdout, stderr) =>
      done({ code: error ? Number(error.code ?? -1) : 0, stdout, stderr }),
    );
  });
}

test('pose-engine bench --json: times, speed and memory of an engine that is here, the reason of one that is not', async () => {
  const { code, stdout, stderr } = await run(BIN, 'bench', '--json', '--engines', 'wasm,cuda', ...TINY);
  const { results, unavailable, machine } = JSON.parse(stdout);
  expect(code).toBe(0);
  expect(stderr).toContain('measuring pose_resnet18 on wasm ...\n');
  const wasm = results.find(({ engine }: { engine: string }) => engine === 'wasm');
  expect(wasm).toMatchObject({ model: 'pose_resnet18', from: '@tensorflow/tfjs-backend-wasm 4.22.0' });
  expect(wasm.train.runs).toBeGreaterThanOrEqual(3);
  expect(wasm.train.imagesPerSecond).toBeCloseTo(2 / wasm.train.seconds, 6);
  expect(wasm.forward.seconds).toBeLessThan(wasm.train.seconds);
  expect(wasm.train.gflops / wasm.train.gflopsPerThread).toBeCloseTo(wasm.threads, 6);
  expect((wasm.train.gflops * wasm.train.seconds) / (wasm.forward.gflops * wasm.forward.seconds)).toBeCloseTo(3, 6);
  expect(wasm.memory.process).toBeGreaterThan(15_387_857 * 4 * 4); // weights, gradients and two moments
  expect(unavailable).toContainEqual({
    model: 'all',
    engine: 'PyTorch',
    reason: expect.stringContaining('no-such-python'),
  });
  if (machine.gpus.length === 0) {
    const reason = expect.stringMatching(/cuda|CUDA/);
    expect(unavailable).toContainEqual({ model: 'pose_resnet18', engine: 'cuda', reason });
  }
});

test('a network of several outputs is measured too', async () => {
  const options = ['--models', 'hourglass_2stack', '--input', '64x64', '--batch', '2', '--seconds', '1'];
  const { stdout } = await run(BIN, 'bench', '--json', '--engines', 'wasm', ...options);
  const { results } = JSON.parse(stdout);
  expect(results).toHaveLength(1);
  expect(results[0]).toMatchObject({ model: 'hourglass_2stack', engine: 'wasm' });
  expect(results[0].forward.seconds).toBeLessThan(results[0].train.seconds);
});

test('pose-engine bench --profile wasm: the kernels of a step, adding up to it', async () => {
  const { code, stdout } = await run(BIN, 'bench', '--json', '--profile', 'wasm', ...TINY);
  const { profiles, unavailable } = JSON.parse(stdout);
  expect({ code, unavailable }).toEqual({ code: 0, unavailable: [] });
  expect(profiles).toHaveLength(1);
  const [{ model, engine, milliseconds, kernels, outsideMilliseconds }] = profiles;
  expect({ model, engine }).toEqual({ model: 'pose_resnet18', engine: 'wasm' });
  const names = kernels.map(({ name }: { name: string }) => name);
  expect(names).toEqual(expect.arrayContaining(['Conv2D', 'Conv2DBackpropFilter', 'BatchNormTrain', 'MaxPoolGrad']));
  expect(new Set(names).size).toBe(names.length);
  const sum = kernels.reduce((total: number, kernel: { milliseconds: number }) => total + kernel.milliseconds, 0);
  expect(sum + outsideMilliseconds).toBeCloseTo(milliseconds, 6);
});

test('an unknown model is refused with the list of the known ones', async () => {
  const { code, stdout, stderr } = await run(BIN, 'bench', '--engines', 'wasm', '--models', 'pose_resnet18,resnet');
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toMatch(/^pose-engine: Unknown model 'resnet': expected all, or names out of pose_resnet18, /m);
});

test('a step that fails is a line of the table; status 1 when nothing was measured', async () => {
  // One image of 32x32 leaves a single value per channel, which batch normalisation cannot train on.
  const { code, stdout } = await run(BIN, 'bench', '--engines', 'wasm', ...TINY, '--batch', '1');
  expect(code).toBe(1);
  expect(stdout).toContain('not measured (pose_resnet18): wasm: Expected more than one value per channel');
});
