import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { runNode } from '../support/project';
import { parseGpus, visibleGpu } from '../../src/device/nvidia-smi';

test('parseGpus reads what nvidia-smi prints, several GPUs too', () => {
  expect(parseGpus('NVIDIA A100-SXM4-40GB, 525.60.13, 40960 MiB\nTesla T4, 470.82, 15109 MiB\n')).toEqual([
    { name: 'NVIDIA A100-SXM4-40GB', driver: '525.60.13', memoryMiB: 40960 },
    { name: 'Tesla T4', driver: '470.82', memoryMiB: 15109 },
  ]);
});

test('parseGpus takes messages for no GPU', () => {
  expect(parseGpus('')).toEqual([]);
  expect(parseGpus('NVIDIA-SMI has failed because it could not communicate with the NVIDIA driver.\n')).toEqual([]);
  expect(parseGpus('NVIDIA H100 MIG 1g.10gb, 535.104.05, [N/A]\n')).toEqual([]);
});

test.each([
  [{}, '0'],
  [{ CUDA_VISIBLE_DEVICES: '' }, '0'],
  [{ CUDA_VISIBLE_DEVICES: '3, 1' }, '3'],
  [{ CUDA_VISIBLE_DEVICES: 'GPU-8932f937-d72c-4106-c12f-20bd9faed9f6' }, 'GPU-8932f937-d72c-4106-c12f-20bd9faed9f6'],
])('visibleGpu(%j) is %s', (env, id) => {
  expect(visibleGpu(env)).toBe(id);
});

const onUnix = process.platform === 'win32' ? test.skip : test;

onUnix.each([
  ['absent', undefined, 'there is no nvidia-smi'],
  ['failing', 'echo "NVIDIA-SMI has failed"; echo "Make sure ..."; exit 9', 'nvidia-smi failed: NVIDIA-SMI has failed'],
  ['failing on stderr', 'echo "no NVML" >&2; exit 12', 'nvidia-smi failed: no NVML'],
  ['seeing none', 'echo "No devices were found"', 'nvidia-smi says: No devices were found'],
])('listGpus says why there is no GPU: nvidia-smi %s', async (_, script, problem) => {
  const path = mkdtempSync(join(tmpdir(), 'nvidia-smi-'));
  if (script) writeFileSync(join(path, 'nvidia-smi'), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  const print = `console.log(JSON.stringify(require('./src/device/nvidia-smi.ts').listGpus()))`;
  const { stdout, stderr } = await runNode(resolve(__dirname, '../..'), ['--import', 'tsx', '-e', print], {
    PATH: path,
  });
  rmSync(path, { recursive: true });
  if (!stdout) throw new Error(stderr);
  expect(JSON.parse(stdout)).toEqual({ gpus: [], problem });
});
