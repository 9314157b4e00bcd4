import { stat } from 'node:fs/promises';
import path from 'node:path';
import { DatasetError } from './dataset-error';

/** Where a split of a COCO data set lies; both paths are absolute. */
export interface CocoSplit {
  annotationFile: string;
  imageFolder: string;
}

/**
 * Finds the two parts of a split in a COCO folder: `annotations/person_keypoints_<split>.json`, and the images in
 * `<split>/` (as COCO's archives unpack) or else in `images/<split>/`.
 *
 * @param root   folder of the data set
 * @param split  name such as `train2017`; a single folder name
 * @throws DatasetError naming every place that was looked at when either is not there
 */
export async function locateCocoSplit(root: string, split: string): Promise<CocoSplit> {
  if (split === '' || split === '.' || split === '..' || /[\\/]/.test(split)) {
    throw new DatasetError(`split: expected a name such as "train2017", found ${JSON.stringify(split)}`);
  }
  const folder = path.resolve(root);
  const annotationFile = path.join(folder, 'annotations', `person_keypoints_${split}.json`);
  const imageFolders = [path.join(folder, split), path.join(folder, 'images', split)];

  let imageFolder: string | undefined;
  for (const candidate of imageFolders) {
    if (imageFolder === undefined && (await kindOf(candidate)) === 'folder') imageFolder = candidate;
  }
  const missing: string[] = [];
  if ((await kindOf(annotationFile)) !== 'file') missing.push(`an annotation file at ${annotationFile}`);
  if (imageFolder === undefined) missing.push(`an image folder at ${imageFolders.join(' or ')}`);
  if (imageFolder === undefined || missing.length > 0) {
    const found = (await kindOf(folder)) === 'folder' ? 'there is none' : `${folder} is not a folder`;
    throw new DatasetError(`split "${split}": expected ${missing.join(' and ')}, but ${found}`);
  }
  return { annotationFile, imageFolder };
}

async function kindOf(file: string): Promise<'file' | 'folder' | 'nothing'> {
  try {
    const stats = await stat(file);
    return stats.isDirectory() ? 'folder' : stats.isFile() ? 'file' : 'nothing';
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'ENOTDIR') return 'nothing';
    throw new DatasetError(`${file}: cannot be looked at: ${(error as Error).message}`, { cause: error });
  }
}
