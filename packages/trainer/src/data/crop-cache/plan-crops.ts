import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { basename } from 'node:path';
import type { PersonInstance } from '@pose/coco-dataset';
import type { TopDownSettings } from '../top-down/top-down-settings';
import { layOut, regionOf, type CropColumns } from './crop-cache-layout';
import { keptRegion } from './kept-region';
import type { CropTask } from './write-crops';

/** What a crop cache holds, and where. */
export interface CropPlan {
  columns: CropColumns;
  /** Length of the whole file. */
  bytes: number;
  /** Of everything that the pixels depend on: the regions, and name, length and time of each image file. */
  hash: Buffer;
  images: CropTask['images'];
}

/** Lays out the crops of people; somebody who is listed several times gets one. */
export function planCrops(people: readonly PersonInstance[], settings: TopDownSettings): CropPlan {
  const byId = new Map(people.map((person) => [person.annotationId, person]));
  const sorted = [...byId.values()].sort((a, b) => a.annotationId - b.annotationId);
  const regions = sorted.map((person) => keptRegion(person, settings));
  const { bytes, ...columns } = layOut(
    sorted.map(({ annotationId }) => annotationId),
    regions,
  );
  const hash = createHash('sha256');
  const images = new Map<string, CropTask['images'][number]>();
  sorted.forEach((person, i) => {
    const { imageFile, imageId, imageSize, annotationId } = person;
    const { x, y, width, height } = regions[i];
    let image = images.get(imageFile);
    if (!image) {
      images.set(imageFile, (image = { image: { imageFile, imageId, imageSize }, crops: [] }));
      const file = statSync(imageFile, { throwIfNoEntry: false });
      hash.update(`${basename(imageFile)} ${file?.size} ${file?.mtimeMs}\n`);
    }
    if (width > 0 && height > 0) image.crops.push({ offset: columns.offsets[i], region: regionOf(columns, i) });
    else columns.offsets[i] = -1;
    hash.update(`${annotationId} ${x} ${y} ${width} ${height}\n`);
  });
  return { columns, bytes, hash: hash.digest(), images: [...images.values()] };
}
