import path from 'node:path';
import { resolveImagePath } from '../resolve-image-path';
import type { PersonInstance } from '../instances/person-instance';
import { countLabelled } from '../labelled-keypoints';
import { readJson } from '../read-json';
import { parseMpii, type MpiiPerson } from './parse-mpii';
import { readImageSizes } from './read-image-size';

/** A person of MPII; `center` and `scale` are those of the published code. */
export interface MpiiInstance extends PersonInstance {
  center: [number, number];
  scale: number;
}

export interface ReadMpiiOptions {
  /** Folder that the file names of the images are relative to. */
  imageFolder: string;
  /** Told of each image whose size has been read, and how many there are. */
  onProgress?: (done: number, total: number) => void;
}

/**
 * Reads an MPII annotation list of the HRNet and SimpleBaseline repositories as person instances with the keypoints of
 * `MPII_SKELETON`, in the order of the file; see {@link parseMpii} for what becomes of coordinates and boxes.
 *
 * The list numbers nobody and knows no sizes: `annotationId` is the record's place counted from 1, `imageId` that of the
 * image among the distinct ones, `imageSize` is read from the header of the image, and `area` is that of the box.
 *
 * @throws DatasetError when the file cannot be read, is not JSON, a record is malformed (with its place), or an image
 *   cannot be opened or lies outside of the folder
 */
export async function readMpii(file: string, { imageFolder, onProgress }: ReadMpiiOptions): Promise<MpiiInstance[]> {
  const people = parseMpii(await readJson(file, 'an MPII annotation list'), file);
  const folder = path.resolve(imageFolder);
  const files = people.map(({ image }, i) => resolveImagePath(folder, image, `${file}: [${i}].image`));
  const distinct = [...new Set(files)];
  let done = 0;
  const sizes = await readImageSizes(distinct, () => onProgress?.(++done, distinct.length));
  const imageIds = new Map(distinct.map((name, i) => [name, i + 1]));
  return people.map((person, i) =>
    toInstance(person, {
      annotationId: i + 1,
      imageId: imageIds.get(files[i]) as number,
      imageFile: files[i],
      imageSize: [...(sizes.get(files[i]) as [number, number])],
    }),
  );
}

function toInstance(
  { center, scale, box, keypoints }: MpiiPerson,
  place: Pick<PersonInstance, 'annotationId' | 'imageId' | 'imageFile' | 'imageSize'>,
): MpiiInstance {
  return { ...place, box, area: box[2] * box[3], keypoints, numKeypoints: countLabelled(keypoints), center, scale };
}
