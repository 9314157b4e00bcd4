import { join, resolve } from 'node:path';
import { checkFiles, libraryFile, type TensorFlowFiles } from './tensorflow-files';

/** The files of an unpacked libtensorflow, TensorFlow's release for C. @throws EngineError when one is missing */
export function findLibtensorflow(folder: string): TensorFlowFiles {
  const root = resolve(folder);
  const files: TensorFlowFiles = {
    include: join(root, 'include'),
    libraries: [join(root, 'lib', libraryFile('tensorflow')), join(root, 'lib', libraryFile('tensorflow_framework'))],
    searchFolders: [],
    option: '--libtensorflow',
    value: root,
  };
  checkFiles(files, `an unpacked libtensorflow (include/ and lib/) in ${root}`);
  return files;
}
