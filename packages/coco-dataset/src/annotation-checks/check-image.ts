import path from 'node:path';
import type { CocoImage } from '../coco-types';
import { describe, JsonObject } from '../json-object';
import type { Findings } from './findings';

/**
 * Checks `images[i]`.
 *
 * @param known  the images before it, by id; undefined for those with errors
 * @returns the image; undefined when it has an error
 */
export function checkImage(
  value: unknown,
  i: number,
  source: string,
  findings: Findings,
  known: { get(id: number): CocoImage | undefined },
): CocoImage | undefined {
  const object = findings.require(() => new JsonObject(value, source, `images[${i}]`));
  if (!object) return undefined;
  const id = findings.require(() => object.id('id'));
  const file_name = findings.require(() => fileName(object));
  const width = findings.require(() => size(object, 'width'));
  const height = findings.require(() => size(object, 'height'));
  if (id === undefined || file_name === undefined || width === undefined || height === undefined) return undefined;

  const image: CocoImage = { id, file_name, width, height };
  const first = known.get(id);
  if (!first) return image;
  const same = (['file_name', 'width', 'height'] as const).map((key) =>
    findings.require(() => {
      if (first[key] === image[key]) return true;
      const expected = `${describe(first[key])} as where image ${id} is listed first`;
      throw object.error(key, expected, describe(image[key]));
    }),
  );
  return same.every((equal) => equal) ? image : undefined;
}

function fileName(image: JsonObject): string {
  const name = image.text('file_name');
  if (/\p{Surrogate}/u.test(name))
    throw image.error('file_name', 'Unicode text', `${describe(name)}, half a character`);
  if (leavesFolder(name)) {
    throw image.error('file_name', 'a file in the image folder', `${describe(name)}, which leads out of it`);
  }
  return name;
}

function leavesFolder(name: string): boolean {
  if (path.isAbsolute(name)) return true;
  const [first] = path.normalize(name).split(path.sep);
  return first === '..' || first === '.';
}

function size(image: JsonObject, key: 'width' | 'height'): number {
  return image.number(key, 'a whole number of pixels above 0', (value) => Number.isInteger(value) && value > 0);
}
