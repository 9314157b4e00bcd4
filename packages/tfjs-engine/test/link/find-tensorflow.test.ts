import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { findLibtensorflow } from '../../src/link/libtensorflow';
import { findPythonTensorFlow } from '../../src/link/python-tensorflow';
import { libraryFile } from '../../src/link/tensorflow-files';

const hasPython = spawnSync('python3', ['--version']).status === 0;
const withPython = hasPython ? test : test.skip;
if (!hasPython) console.info('Left out: tests of --python, because there is no python3.');

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(realpathSync(tmpdir()), 'find-tensorflow-'))));
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function touch(...files: string[]): void {
  for (const file of files) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), '');
  }
}

/** A Python of its own, without TensorFlow, and where its packages lie within the folder. */
function makePython(): { python: string; site: string } {
  spawnSync('python3', ['-m', 'venv', '--without-pip', join(folder, 'venv')]);
  const python = join(folder, 'venv/bin/python');
  const ask = 'import sysconfig; print(sysconfig.get_path("purelib"))';
  const { stdout } = spawnSync(python, ['-c', ask], { encoding: 'utf8' });
  return { python, site: relative(folder, stdout.trim()) };
}

const HEADERS = ['tensorflow/c/c_api.h', 'tensorflow/c/eager/c_api.h', 'tensorflow/core/platform/ctstring_internal.h'];

test('findLibtensorflow names the first file that is missing', () => {
  const expected = `Expected an unpacked libtensorflow (include/ and lib/) in ${folder}, but there is no `;
  const missing = () => expect(() => findLibtensorflow(folder));
  missing().toThrow(`${expected}${folder}/include/${HEADERS[0]}.`);
  touch(...HEADERS.map((header) => `include/${header}`));
  missing().toThrow(`${expected}${folder}/lib/${libraryFile('tensorflow')}.`);
  touch(`lib/${libraryFile('tensorflow')}`);
  missing().toThrow(`${expected}${folder}/lib/${libraryFile('tensorflow_framework')}.`);
  touch(`lib/${libraryFile('tensorflow_framework')}`);
  expect(findLibtensorflow(folder)).toMatchObject({ option: '--libtensorflow', value: folder, searchFolders: [] });
});

test('findPythonTensorFlow refuses an interpreter that is not there', () => {
  expect(() => findPythonTensorFlow(join(folder, 'python'))).toThrow(
    `Cannot run Python as '${folder}/python' (ENOENT). Name an interpreter that has TensorFlow with --python <path>`,
  );
});

test('findPythonTensorFlow refuses a program that is not Python', () => {
  expect(() => findPythonTensorFlow(process.execPath)).toThrow(`'${process.execPath}' is not a Python 3 that works: `);
});

withPython('findPythonTensorFlow tells how to install a TensorFlow that is not there', () => {
  const { python } = makePython();
  expect(() => findPythonTensorFlow(python)).toThrow(
    `${python} has no TensorFlow. Install it: ${python} -m pip install tensorflow-cpu ` +
      `(for a CUDA GPU: ${python} -m pip install 'tensorflow[and-cuda]').`,
  );
});

withPython('findPythonTensorFlow takes no folder of the working directory for TensorFlow', () => {
  touch('tensorflow/__init__.py');
  const { python } = makePython();
  const before = process.cwd();
  process.chdir(folder);
  try {
    expect(() => findPythonTensorFlow(python)).toThrow('has no TensorFlow');
  } finally {
    process.chdir(before);
  }
});

withPython(
  'findPythonTensorFlow names the first file that a wheel lacks, and finds the folders of CUDA packages',
  () => {
    const { python, site } = makePython();
    touch(
      `${site}/tensorflow/__init__.py`,
      `${site}/nvidia/cudnn/lib/libcudnn.so.9`,
      `${site}/nvidia/cublas/include/x.h`,
    );
    touch(...HEADERS.map((header) => `${site}/tensorflow/include/${header}`));
    const wheel = join(folder, site, 'tensorflow');
    const libraries = ['tensorflow_cc', 'tensorflow_framework'].map((name) => join(wheel, libraryFile(name)));
    expect(() => findPythonTensorFlow(python)).toThrow(
      `Expected the wheel of TensorFlow 2.13 or later in ${wheel}, but there is no ${libraries[0]}.`,
    );
    touch(...libraries.map((library) => relative(folder, library)));
    const searchFolders = [join(folder, site, 'nvidia/cudnn/lib')];
    expect(findPythonTensorFlow(python)).toMatchObject({ libraries, searchFolders, option: '--python', value: python });
  },
);
