import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DoctorReport } from '../src/doctor/doctor';
import { addOnnxRuntime, addPackage, makeProject, removeProject, runNode } from './support/project';

const BIN = 'node_modules/@pose/tfjs-engine/bin/pose-engine.cjs';
const GPU = '@tensorflow/tfjs-node-gpu';
const NODE = '@tensorflow/tfjs-node';

test('pose-engine doctor --json reports machine, engines, choice and advice as one object', async () => {
  const root = makeProject({ [GPU]: 'incomplete', [NODE]: 'broken' });
  addOnnxRuntime(root, "throw new Error('onnxruntime_binding.node: no such file')");
  const { code, stdout, stderr } = await runNode(root, [BIN, 'doctor', '--json']);
  const report = JSON.parse(stdout) as DoctorReport;
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(Object.keys(report)).toEqual(['machine', 'engines', 'picked', 'onnxRuntime', 'advice']);
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
    reason: "TensorFlow's library is not there: libtensorflow.so.2: cannot open shared object file",
  });
  expect(wasm).toMatchObject({ name: 'wasm', state: 'loads', version: '4.22.0' });
  expect(cpu).toMatchObject({ name: 'cpu', state: 'loads', version: '4.22.0' });
  expect(wasm.gflops).toBeGreaterThan(cpu.gflops as number);
  expect(report.picked).toMatchObject({ kind: 'wasm' });
  expect(report.onnxRuntime).toEqual({
    state: 'broken',
    version: '1.30.0',
    root: join(root, 'node_modules/onnxruntime-node'),
    reason: 'onnxruntime_binding.node: no such file',
  });
  expect(report.advice.map(({ commands }) => commands?.npm)).toEqual([
    `npm rebuild ${GPU}`,
    'python3 -m pip install tensorflow-cpu && npx pose-engine link --python python3',
  ]);
  removeProject(root);
});

test('pose-engine doctor survives an addon that crashes, and prints one screen', async () => {
  const root = makeProject({ [GPU]: 'broken' });
  writeFileSync(join(root, 'node_modules', GPU, 'index.js'), 'process.abort();');
  const trainer = addPackage(root, '@pose/trainer');
  const compiler = addPackage(trainer, '@pose/tfjs-compile');
  const backends = [
    { name: 'cpu', bundled: true },
    { name: 'webgpu', bundled: true },
    { name: 'cuda', bundled: false },
  ];
  addOnnxRuntime(compiler, `exports.listSupportedBackends = () => ${JSON.stringify(backends)};`);
  const { code, stdout } = await runNode(root, [BIN, 'doctor']);
  expect(stdout).toMatch(/tfjs-node-gpu +4\.22\.0 +- +does not load: crashed \(SIGABRT\)/);
  expect(stdout).toMatch(/wasm +4\.22\.0 +\d+\.\d +loads/);
  expect(stdout.split('\n').length).toBeLessThan(25);
  expect(stdout).toContain(
    'Compiled  onnxruntime-node 1.30.0 with cpu, webgpu; cuda where their libraries are installed;\n' +
      "          training with compile: 'auto' runs as its graphs where they are faster than wasm.\n",
  );
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

onUnix(
  'doctor names a GPU with driver and memory, says that the driver is too old, and what uses the GPU',
  async () => {
    const root = makeProject();
    const path = join(root, 'path');
    mkdirSync(path);
    const script = '#!/bin/sh\necho "Tesla T4, 418.226.00, 15109 MiB"\n';
    writeFileSync(join(path, 'nvidia-smi'), script, { mode: 0o755 });
    const { stdout } = await runNode(root, [BIN, 'doctor'], { PATH: path });
    expect(stdout).toContain('GPU       Tesla T4, driver 418.226.00, 15109 MiB\n');
    expect(stdout).toContain(
      "Faster    The GPU's driver 418.226.00 is too old for TensorFlow 2.9: CUDA 11 needs driver 450.80.02",
    );
    expect(stdout).toContain(
      `Faster    ${GPU} uses the GPU. Install it:\n            npm:   npm install ${GPU}@4.22.0\n`,
    );
    removeProject(root);
  },
);
