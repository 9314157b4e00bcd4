import { basename } from 'node:path';
import { readJson } from '@pose/coco-eval/node';
import type { PersonBox } from '@pose/predictor';
import type { InputImage } from './find-images';

const PERSON = 1; // COCO's category id

interface BoxEntry {
  image_id?: unknown;
  file_name?: unknown;
  category_id?: unknown;
  bbox?: unknown;
  score?: unknown;
  iscrowd?: unknown;
}

interface CocoImageEntry {
  id?: unknown;
  file_name?: unknown;
}

/**
 * Where the people of each image are, out of COCO detections (a list of `{ image_id or file_name, bbox, score }`) or COCO
 * annotations (an object with `images` and `annotations`; their boxes have no score, crowds are left out). An entry of
 * another category than person is left out. An image without an entry has nobody.
 *
 * @param minScore  boxes with a lower score are left out
 * @throws Error when the file is none of both, an entry has no such box, or all are of other images
 */
export function readBoxes(
  file: string,
  images: readonly InputImage[],
  { minScore }: { minScore: number },
): Map<InputImage, PersonBox[]> {
  const json = readJson(file) as { images?: CocoImageEntry[]; annotations?: BoxEntry[] } | BoxEntry[] | null;
  const isList = Array.isArray(json);
  const entries = isList ? json : json?.annotations;
  if (!Array.isArray(entries)) {
    throw new Error(`${file}: expected a list of detections, or an object with annotations, found neither.`);
  }
  const names = new Map((isList ? [] : (json?.images ?? [])).map(({ id, file_name }) => [id, file_name]));
  const byName = new Map(images.map((image) => [basename(image.file), image]));
  const byId = new Map(images.map((image) => [image.id, image]));
  const boxes = new Map<InputImage, PersonBox[]>(images.map((image) => [image, []]));
  let matched = 0;
  for (const [i, entry] of entries.entries()) {
    const name = entry.file_name ?? names.get(entry.image_id);
    const image = typeof name === 'string' ? byName.get(basename(name)) : byId.get(entry.image_id as number);
    if (!image || (entry.category_id ?? PERSON) !== PERSON || entry.iscrowd === 1) continue;
    matched++;
    const box = boxOf(entry, `${file}: ${isList ? '' : 'annotations'}[${i}]`);
    if (!('box' in box) || box.score >= minScore) boxes.get(image)!.push(box);
  }
  if (matched === 0 && entries.length > 0) {
    throw new Error(
      `${file}: expected people of the input images, found none: no file_name is the name of one, and no image_id the ` +
        `number of one, such as ${images[0].id} of ${basename(images[0].file)}.`,
    );
  }
  return boxes;
}

function boxOf({ bbox, score }: BoxEntry, where: string): PersonBox {
  const isBox = Array.isArray(bbox) && bbox.length === 4 && bbox.every(Number.isFinite) && bbox[2] > 0 && bbox[3] > 0;
  if (!isBox) {
    throw new Error(
      `${where}.bbox: expected [x, y, width, height] with a size above 0, found ${JSON.stringify(bbox)}.`,
    );
  }
  const box = bbox as [number, number, number, number];
  if (score === undefined) return box;
  if (!Number.isFinite(score)) throw new Error(`${where}.score: expected a number, found ${JSON.stringify(score)}.`);
  return { box, score: score as number };
}
