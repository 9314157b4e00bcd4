// `pnpm test:native`: the tests that compute with TensorFlow.js, on TensorFlow's native kernels.
//
// Where tfjs-node-gpu does not work, it is linked for the time of the tests to the TensorFlow of the Python that
// POSE_TENSORFLOW_PYTHON names, or to the wheel tensorflow-cpu, which pip puts into a temporary folder. Where this machine
// cannot do that, one line says why, and no test runs.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runCommand } from './run-command.mjs';

const JEST = createRequire(import.meta.url).resolve('jest/bin/jest');
const packages = join(dirname(fileURLToPath(import.meta.url)), '../packages');
const runInEngine = (program, ...args) => runCommand(program, args, join(packages, 'tfjs-engine'));
const runNode = (...args) => runInEngine(process.execPath, ...args);

const works = await runNode('-e', `require('./dist/index.cjs').useEngine({ prefer: 'native' })`).then(
  () => true,
  () => false,
);
const folder = mkdtempSync(join(tmpdir(), 'tensorflow-'));
try {
  const { python, reason } = await provideTensorFlow(works, process.env.POSE_TENSORFLOW_PYTHON);
  if (reason) console.log(`Left out: the tests on TensorFlow's native kernels (${reason}).`);
  else {
    runTests(python);
    if (!works) await runNode('bin/pose-engine.cjs', 'unlink');
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Makes the native engine work. Returns a Python that has TensorFlow, if any, or the reason why the engine cannot work. */
async function provideTensorFlow(works, python) {
  if (works) return { python };
  if (!python) {
    try {
      await runInEngine('python3', '-m', 'venv', folder);
      python = join(folder, 'bin/python');
      // Its libraries are all that is needed, not the Python packages that it depends on.
      await runInEngine(python, '-m', 'pip', 'install', '--quiet', '--no-deps', 'tensorflow-cpu');
    } catch (error) {
      return { reason: lastLine(error) };
    }
  }
  try {
    await runNode('bin/pose-engine.cjs', 'link', '--python', python);
  } catch (error) {
    // Anything else that keeps it from linking is a fault.
    if (/No C\+\+ compiler|C headers of Node\.js|is not installed here/.test(error.message))
      return { reason: lastLine(error) };
    throw error;
  }
  return { python };
}

function lastLine(error) {
  return error.message.trim().split('\n').at(-1);
}

function runTests(python) {
  const quiet = { TF_CPP_MIN_LOG_LEVEL: '2' }; // jest's process.env is not the one that TensorFlow reads
  const env = { ...process.env, ...quiet, POSE_ENGINE: 'native', ...(python && { POSE_TENSORFLOW_PYTHON: python }) };
  // Folders and beginnings of the files whose results depend on the engine.
  const runs = {
    'tfjs-engine': ['native', 'link', 'gradients', 'fused'],
    'pose-losses': [''],
    'pose-models': ['golden', 'every-network', 'networks', 'layers', 'initialization', 'inference', 'torch'],
    predictor: [''],
    'tfjs-compile': ['tensorflow'],
    // Without train.test.ts, the files and signals of a run; what it computes is in training-loop, phases and accumulation.
    trainer: [
      'accumulation',
      'adam',
      'clip-gradients',
      'compiled',
      'engines-agree',
      'evaluate',
      'forward-pass',
      'gradient-sum',
      'openpose',
      'optimizers',
      'phases',
      'rehearsal',
      'train-step',
      'training-loop',
      'weight-average',
    ],
  };
  for (const [name, files] of Object.entries(runs)) {
    console.log(`\n@pose/${name} on TensorFlow's native kernels`);
    const { status } = spawnSync(process.execPath, [JEST, ...files.map((file) => `test/${file}`)], {
      cwd: join(packages, name),
      env,
      stdio: 'inherit',
    });
    if (status !== 0) process.exitCode = 1;
  }
}
