import { stat } from 'node:fs/promises';
import { basename, isAbsolute, join, parse } from 'node:path';
import { glob, escapePath } from 'tinyglobby';

/** What a folder is searched for. */
const EXTENSIONS = ['jpg', 'jpeg', 'png', 'webp', 'tif', 'tiff', 'gif'];

/** An image to predict on. */
export interface InputImage {
  file: string;
  /** For `image_id` of results. */
  id: number;
}

/**
 * The images of files, folders and globs, in the natural order of their names, so that frame_2 comes before frame_10. An
 * image's id is the number that its file is named, as in COCO; where a name is no number or comes twice, all images are
 * numbered from 1 in that order.
 *
 * @throws Error when one of them names no image
 */
export async function findImages(inputs: readonly string[]): Promise<InputImage[]> {
  const found = (await Promise.all(inputs.map(filesOf))).flat();
  const { compare } = new Intl.Collator('en', { numeric: true });
  const files = [...new Set(found)].sort(compare);
  const ids = files.map((file) => (/^\d{1,15}$/.test(parse(file).name) ? Number(parse(file).name) : NaN));
  const areNamed = !ids.some(Number.isNaN) && new Set(ids).size === ids.length;
  return files.map((file, i) => ({ file, id: areNamed ? ids[i] : i + 1 }));
}

async function filesOf(input: string): Promise<string[]> {
  const entry = await stat(input).catch(() => undefined);
  if (entry?.isFile()) return [input];
  const pattern = entry ? `${escapePath(input)}/*.{${EXTENSIONS.join(',')}}` : input;
  const files = await glob(pattern, {
    absolute: isAbsolute(input),
    caseSensitiveMatch: false,
    expandDirectories: false,
  });
  if (files.length === 0) {
    const expected = entry
      ? `images (${EXTENSIONS.join(', ')}) in that folder`
      : 'a file, a folder or a glob of images';
    throw new Error(`--input ${input}: expected ${expected}, found none.`);
  }
  return files;
}

/**
 * Names for pictures of the images in one folder: the image's, with another extension. Images of several folders, or that
 * differ in their extension alone, get their number in front.
 *
 * @param extension  with its dot
 */
export function overlayFiles(
  images: readonly InputImage[],
  folder: string,
  extension: string,
): Map<InputImage, string> {
  const names = images.map(({ file }) => `${parse(file).name}${extension}`);
  const areDistinct = new Set(names.map((name) => name.toLowerCase())).size === names.length;
  const nameOf = (i: number) => (areDistinct ? names[i] : `${i + 1}-${basename(names[i])}`);
  return new Map(images.map((image, i) => [image, join(folder, nameOf(i))]));
}
