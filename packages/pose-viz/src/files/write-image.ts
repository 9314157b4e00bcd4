import { extname } from 'node:path';
import type { Image } from '../picture/image';
import { VizError } from '../viz-error';
import { writeJpeg } from './write-jpeg';
import { writePng } from './write-png';

/**
 * Writes the picture in the format that the file's name ends in: `.png`, or `.jpg` or `.jpeg` (with `writeJpeg`'s
 * default quality; needs the package sharp). All or nothing, as `writePng`.
 *
 * @param file  path; its folder must exist
 * @throws VizError when the name ends in something else, and as `writePng` and `writeJpeg`
 */
export async function writeImage(file: string, image: Image): Promise<void> {
  const extension = extname(file).toLowerCase();
  if (extension === '.png') return writePng(file, image);
  if (extension === '.jpg' || extension === '.jpeg') return writeJpeg(file, image);
  throw new VizError(`writeImage: expected a file name that ends in .png, .jpg or .jpeg, found ${file}`);
}
