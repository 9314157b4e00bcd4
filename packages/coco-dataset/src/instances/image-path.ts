import path from 'node:path';
import { DatasetError } from '../dataset-error';

/**
 * The absolute path of an image of a data set.
 *
 * @param where        what names the file, for the error: `coco.json: image 7: file_name`
 * @param imageFolder  absolute path of the folder that file names are relative to
 * @throws DatasetError when the name leads out of the folder (symbolic links are not followed to find out)
 */
export function imagePath(where: string, imageFolder: string, fileName: string): string {
  const file = path.resolve(imageFolder, fileName);
  const relative = path.relative(imageFolder, file);
  if (relative === '' || relative.split(path.sep)[0] === '..' || path.isAbsolute(relative)) {
    throw new DatasetError(
      `${where}: expected a file in ${imageFolder}, found ${JSON.stringify(fileName)}, which leads out of it`,
    );
  }
  return file;
}
