import path from 'node:path';
import { DatasetError } from './dataset-error';

/**
 * The absolute path of an image that an annotation file names, which must lie in the image folder. Symbolic links are
 * not resolved: who links files into the image folder, or the folder itself, has put them there; who writes an
 * annotation file has not.
 *
 * @param where  begins the message, such as `file.json: image 7: file_name`
 * @throws DatasetError when the name leads out of the folder, is the folder, or cannot be a file's
 */
export function resolveImagePath(imageFolder: string, fileName: string, where = 'file_name'): string {
  const folder = path.resolve(imageFolder);
  const file = path.resolve(folder, fileName);
  const relative = path.relative(folder, file);
  const leadsOut = relative === '' || relative.split(path.sep)[0] === '..' || path.isAbsolute(relative);
  if (!leadsOut && !fileName.includes('\0')) return file;
  const reason = leadsOut ? 'leads out of it' : 'no file can be called';
  throw new DatasetError(`${where}: expected a file in ${folder}, found ${JSON.stringify(fileName)}, which ${reason}`);
}
