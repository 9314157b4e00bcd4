import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DoctorReport } from '../src/doctor/doctor';
import { formatReport } from '../src/doctor/format-report';
import { makeProject, removeProject, runNode } from './support/project';

const BIN = 'node_modules/@pose/tfjs-engine/bin/pose-engine.cjs';
const GPU = '@tensorflow/tfjs-node-gpu';
const NODE = '@tensorflow/tfjs-node';

test('pose-engine doctor --json reports machine, engines, choice and advice as one object', async () => {
  const root = makeProject({ [GPU]: 'incomplete', [NODE]: 'broken' });
  const { code, stdout, stderr } = await runNode(root, [BIN, 'doctor', '--json']);
  const report = JSON.parse(stdout) as DoctorReport;
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(Object.keys(report)).toEqual(['machine', 'engines', 'picked', 'advice']);
  expect(report.machine).toMatchObject({ node: process.versions.node, platform: process.platform, arch: process.arch });

  const [gpu, node, wasm, cpu] = report.engines;
  expect(gpu).toEqual({
    name: 'tfjs-node-gpu',
    state: 'incomplete',
    version: '4.22.0',
    root: join(root, 'node_modules', GPU),
  });
  expect(node).toMatchObject({
    name: 'tfjs-node',
    state: 'broken',
    reason: 'libtensorflow.so.2: cannot open shared object file',
  });
  expect(wasm).toMatchObject({ name: 'wasm', state: 'loads', version: '4.22.0' });
  expect(cpu).toMatchObject({ name: 'cpu', state: 'loads', version: '4.22.0' });
  expect(wasm.gflops).toBeGreaterThan(cpu.gflops as number);
  expect(report.picked).toMatchObject({ kind: 'wasm' });
  expect(report.advice[0].commands?.npm).toBe(`npm rebuild ${GPU}`);
  removeProject(root);
});

test('pose-engine doctor survives an addon that crashes, and prints one screen', async () => {
  const root = makeProject({ [GPU]: 'broken' });
  writeFileSync(join(root, 'node_modules', GPU, 'index.js'), 'process.abort();');
  const { code, stdout } = await runNode(root, [BIN, 'doctor']);
  expect(stdout).toMatch(/tfjs-node-gpu +4\.22\.0 +- +does not load: crashed \(SIGABRT\)/);
  expect(stdout).toMatch(/wasm +4\.22\.0 +\d+\.\d +loads/);
  expect(stdout.split('\n').length).toBeLessThan(25);
  // `useEngine` would crash likewise, but wasm can be asked for.
  expect(stdout).toContain('Picked    none: the automatic choice fails');
  expect(code).toBe(0);
  removeProject(root);
});

test('pose-engine --help and doctor --help name what there is', async () => {
  const root = makeProject();
  expect((await runNode(root, [BIN, '--help'])).stdout).toContain('doctor');
  expect((await runNode(root, [BIN, 'doctor', '--help'])).stdout).toContain('--json');
  expect((await runNode(root, [BIN, 'nonsense'])).code).toBe(1);
  removeProject(root);
});

const onUnix = process.platform === 'win32' ? test.skip : test;

/** A doctor's report on a project without native packages, with this shell script as nvidia-smi, or with none. */
async function doctorWith(nvidiaSmi?: string): Promise<DoctorReport & { text: string }> {
  const root = makeProject();
  const folder = join(root, 'path');
  mkdirSync(folder);
  if (nvidiaSmi) writeFileSync(join(folder, 'nvidia-smi'), `#!/bin/sh\n${nvidiaSmi}\n`, { mode: 0o755 });
  const report = JSON.parse((await runNode(root, [BIN, 'doctor', '--json'], { PATH: folder })).stdout) as DoctorReport;
  removeProject(root);
  return { ...report, text: formatReport(report) };
}

onUnix(
  'doctor names a GPU with its driver and memory, says that the driver is too old, and what uses the GPU',
  async () => {
    const { machine, advice, text } = await doctorWith('echo "Tesla T4, 418.226.00, 15109 MiB"');
    expect(machine.gpus).toEqual([{ name: 'Tesla T4', driver: '418.226.00', memoryMiB: 15109 }]);
    expect(text).toContain('GPU       Tesla T4, driver 418.226.00, 15109 MiB\n');
    const [driver, install] = advice;
    expect(driver.text).toContain('driver 418.226.00 is too old for TensorFlow 2.9: CUDA 11 needs driver 450.80.02');
    expect(install).toMatchObject({
      text: `${GPU} uses the GPU. Install it:`,
      commands: { npm: `npm install ${GPU}@4.22.0` },
    });
  },
);

onUnix.each([
  ['absent', undefined, 'there is no nvidia-smi'],
  ['failing', 'echo "NVIDIA-SMI has failed"; echo "Make sure ..."; exit 9', 'nvidia-smi failed: NVIDIA-SMI has failed'],
  ['failing on stderr', 'echo "no NVML" >&2; exit 12', 'nvidia-smi failed: no NVML'],
  ['seeing none', 'echo "No devices were found"', 'nvidia-smi says: No devices were found'],
])('doctor says why there is no GPU: nvidia-smi %s', async (_, script, reason) => {
  const { machine, text } = await doctorWith(script);
  expect(machine).toMatchObject({ gpus: [], gpuProblem: reason });
  expect(text).toContain(`GPU       none: ${reason}\n`);
});
