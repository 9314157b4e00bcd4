/**
 * Links the real tfjs-node-gpu against the TensorFlow of the Python that POSE_TENSORFLOW_PYTHON names, in a project of
 * its own. Each link takes about ten seconds.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { DoctorReport } from '../../src/doctor/doctor';
import type { LinkResult } from '../../src/link/link';
import { findPythonTensorFlow } from '../../src/link/python-tensorflow';
import { libraryFile } from '../../src/link/tensorflow-files';
import { addonPath } from '../../src/native/find-native';
import { GPU, isInstalled, makeNativeProject } from '../support/native-package';
import { removeProject, runNode } from '../support/project';

const BIN = 'node_modules/@pose/tfjs-engine/bin/pose-engine.cjs';
const PYTHON = process.env.POSE_TENSORFLOW_PYTHON ?? '';
const USE_NATIVE = `require('@pose/tfjs-engine').useEngine({ prefer: 'native' })
  .then((info) => console.log(info.tensorflow), (error) => console.log(error.message))`;

const isPossible = isInstalled && PYTHON !== '';
const there = isPossible ? test : test.skip;
if (!isPossible)
  console.info('Left out: linking for real; POSE_TENSORFLOW_PYTHON names no Python that has TensorFlow.');
jest.setTimeout(300_000);

let root: string;
let native: string;
beforeEach(() => {
  if (isPossible) ({ root, native } = makeNativeProject());
});
afterEach(() => {
  if (isPossible) removeProject(root);
});

const engine = (...args: string[]) => runNode(root, [BIN, ...args]);
const useNative = async () => (await runNode(root, ['-e', USE_NATIVE])).stdout.trim();

/** What an install script may have left; link does not look into it. */
function download(): void {
  mkdirSync(dirname(addonPath(native)), { recursive: true });
  writeFileSync(addonPath(native), 'downloaded');
}

/** The files of the wheel as libtensorflow has them; the C API's library keeps its own name too where `whole`. */
function makeLibtensorflow({ whole }: { whole: boolean }): string {
  const { include, libraries } = findPythonTensorFlow(PYTHON);
  const folder = join(root, 'lib tensorflow, unpacked');
  mkdirSync(join(folder, 'lib'), { recursive: true });
  symlinkSync(include, join(folder, 'include'));
  symlinkSync(libraries[0], join(folder, 'lib', libraryFile('tensorflow')));
  const named = whole ? libraries : libraries.slice(1);
  for (const library of named) symlinkSync(library, join(folder, 'lib', basename(library)));
  return folder;
}

there('link, use, link again, unlink: the addon from before is back, byte for byte', async () => {
  download();
  const linked = await engine('link', '--python', PYTHON, '--json');
  expect(linked.code).toBe(0);
  expect(linked.stderr).toContain('Compiling');
  const result = JSON.parse(linked.stdout) as LinkResult;
  expect(result).toMatchObject({ package: GPU, addon: addonPath(native), option: '--python' });
  expect(result.tensorflow).toMatch(/^2\.\d+\.\d+/);
  expect(await useNative()).toBe(result.tensorflow);

  const { engines } = JSON.parse((await engine('doctor', '--json')).stdout) as DoctorReport;
  const { tensorflow, library } = result;
  expect(engines[0]).toMatchObject({ state: 'loads', tensorflow, link: { library } });

  const again = await engine('link', '--python', PYTHON);
  expect(again.stdout).toContain(`${GPU} runs TensorFlow ${tensorflow} on the `);
  expect(await useNative()).toBe(tensorflow);

  expect((await engine('unlink')).stdout).toBe(`${GPU} is no longer linked; the addon from before is back.\n`);
  expect(readFileSync(addonPath(native), 'utf8')).toBe('downloaded');
  expect(existsSync(join(native, 'pose-link'))).toBe(false);
  expect((await engine('unlink')).code).toBe(1);
});

there('link takes an unpacked libtensorflow; without that, useEngine and doctor say how to link again', async () => {
  const folder = makeLibtensorflow({ whole: true });
  expect(await engine('link', '--libtensorflow', folder)).toMatchObject({ code: 0 });
  rmSync(folder, { recursive: true });

  const message = await useNative();
  expect(message).toContain("does not load (TensorFlow's library is not there: libtensorflow");
  expect(message).toContain(`at ${folder}/lib/${libraryFile('tensorflow')}`);
  expect(message).toContain(`To get it: \`npx pose-engine link --libtensorflow '${folder}'\``);
  const { engines, advice } = JSON.parse((await engine('doctor', '--json')).stdout) as DoctorReport;
  expect(engines[0].state).toBe('broken');
  expect(advice[0].commands?.pnpm).toBe(`pnpm exec pose-engine link --libtensorflow '${folder}'`);

  expect((await engine('unlink')).stdout).toBe(`${GPU} is no longer linked; it has no addon, as before.\n`);
  expect(await useNative()).toContain('its native part is missing');
});

there('a TensorFlow that does not load leaves the addon that was there', async () => {
  download();
  const before = readdirSync(native);
  const { code, stderr } = await engine('link', '--libtensorflow', makeLibtensorflow({ whole: false }));
  expect(code).toBe(1);
  expect(stderr).toContain(
    "The addon was built, but does not work: TensorFlow's library is not there: libtensorflow_cc",
  );
  expect(readFileSync(addonPath(native), 'utf8')).toBe('downloaded');
  expect(readdirSync(native)).toEqual(before);
});

there('a link that is killed leaves the linked addon working, and the next link cleans up', async () => {
  expect((await engine('link', '--python', PYTHON)).code).toBe(0);
  const version = await useNative();
  await killAt('Loading');
  expect(await useNative()).toBe(version);
  expect(readdirSync(join(native, 'pose-link'))).toHaveLength(2); // the record, and what the killed one left
  expect((await engine('link', '--python', PYTHON)).code).toBe(0);
  expect(readdirSync(join(native, 'pose-link'))).toHaveLength(1);
  expect(await useNative()).toBe(version);
});

/** Starts a link and kills it, as `kill -9` does, when it tells of this step. */
function killAt(step: string): Promise<void> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [BIN, 'link', '--python', PYTHON], {
      cwd: root,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      if (text.includes(step)) child.kill('SIGKILL');
    });
    child.once('close', (_, signal) => {
      expect(signal).toBe('SIGKILL');
      resolve();
    });
  });
}
