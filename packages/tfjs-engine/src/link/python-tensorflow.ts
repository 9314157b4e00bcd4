import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { EngineError } from '../engine-error';
import { checkFiles, libraryFile, type TensorFlowFiles } from './tensorflow-files';

/** Finds packages without importing them, which takes TensorFlow seconds; not in the working directory (''). */
const FIND = `
import importlib.util, json, sys
sys.path = [entry for entry in sys.path if entry]
def folders(name):
    spec = importlib.util.find_spec(name)
    return list(spec.submodule_search_locations or []) if spec else []
print(json.dumps({"python": sys.executable, "tensorflow": folders("tensorflow"), "nvidia": folders("nvidia")}))
`;

interface Found {
  /** Absolute path of the interpreter. */
  python: string;
  tensorflow: string[];
  /** CUDA's libraries as packages, which `tensorflow[and-cuda]` brings: one folder each. */
  nvidia: string[];
}

/** The files of the wheel `tensorflow` or `tensorflow-cpu` of a Python interpreter. @throws EngineError */
export function findPythonTensorFlow(python: string): TensorFlowFiles {
  const found = ask(python);
  const [root] = found.tensorflow;
  if (root === undefined) {
    throw new EngineError(
      `${found.python} has no TensorFlow. Install it: ${found.python} -m pip install tensorflow-cpu ` +
        `(for a CUDA GPU: ${found.python} -m pip install 'tensorflow[and-cuda]').`,
    );
  }
  const files: TensorFlowFiles = {
    include: join(root, 'include'),
    libraries: [join(root, libraryFile('tensorflow_cc')), join(root, libraryFile('tensorflow_framework'))],
    searchFolders: found.nvidia.flatMap(libraryFolders),
    option: '--python',
    value: found.python,
  };
  checkFiles(files, `the wheel of TensorFlow 2.13 or later in ${root}`);
  return files;
}

function ask(python: string): Found {
  const { error, status, stdout, stderr } = spawnSync(python, ['-c', FIND], { encoding: 'utf8' });
  if (error) {
    throw new EngineError(
      `Cannot run Python as '${python}' (${(error as NodeJS.ErrnoException).code}). ` +
        'Name an interpreter that has TensorFlow with --python <path>, or an unpacked libtensorflow with --libtensorflow <folder>.',
    );
  }
  try {
    if (status === 0) return JSON.parse(stdout) as Found;
  } catch {
    // Told below.
  }
  throw new EngineError(`'${python}' is not a Python 3 that works: ${(stderr || stdout).trim().split('\n').at(-1)}`);
}

function libraryFolders(nvidia: string): string[] {
  return readdirSync(nvidia)
    .map((name) => join(nvidia, name, 'lib'))
    .filter((folder) => existsSync(folder));
}
