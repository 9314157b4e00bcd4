import type { CocoCategory, CocoImage } from '../coco-types';
import type { DefectError } from '../defect-error';
import { describe } from '../json-object';
import { walkJsonFile } from '../json-stream/walk-json-file';
import { countLabelled } from '../labelled-keypoints';
import { checkAnnotation } from './check-annotation';
import { checkCategory } from './check-category';
import { checkImage } from './check-image';
import { isSection, listedTwice, noCategory, noPeople, notAList, SECTIONS } from './file-defects';
import type { Findings } from './findings';

/**
 * Checks a COCO keypoint file of any size: what stands at its top, categories and images in their order, and in a second
 * reading, when all of these are known, the annotations.
 *
 * @throws DefectError when the file is not JSON, or no object
 * @throws DatasetError when it cannot be read
 */
export async function checkFile(file: string, findings: Findings): Promise<void> {
  const found = (defect: DefectError): void => {
    findings.require(() => {
      throw defect;
    });
  };
  const seen = new Set<string>();
  const categories = new Map<number, CocoCategory | undefined>();
  const images = new Map<number, CocoImage | undefined>();
  await walkJsonFile(file, {
    section(section) {
      if (isSection(section) && seen.has(section)) found(listedTwice(file, section));
      seen.add(section);
    },
    field(name, bytes) {
      if (isSection(name)) found(notAList(file, name, describe(parse(bytes))));
      seen.add(name);
    },
    element(section, index, bytes) {
      if (section === 'categories') {
        const value = parse(bytes);
        remember(categories, value, checkCategory(value, index, file, findings, categories));
      } else if (section === 'images') {
        const value = parse(bytes);
        remember(images, value, checkImage(value, index, file, findings, images));
      }
    },
  });
  for (const section of SECTIONS) if (!seen.has(section)) found(notAList(file, section, describe(undefined)));
  if (seen.has('categories') && categories.size === 0) found(noCategory(file));

  const context = { images, categories, firstAt: new Map<number, number>() };
  let annotations = 0;
  let people = 0;
  let crowd = 0;
  await walkJsonFile(file, {
    element(section, index, bytes) {
      if (section !== 'annotations') return;
      annotations++;
      const annotation = checkAnnotation(parse(bytes), index, file, findings, context);
      if (annotation?.iscrowd === 1) crowd++;
      // One that has errors may well be the person that is wanted.
      else if (!annotation || countLabelled(annotation.keypoints) > 0) people++;
    },
  });
  if (seen.has('annotations') && people === 0) found(noPeople(file, annotations, crowd));
}

/** Keeps the first value of an id; of a defective one the id alone, so that references to it are not defects as well. */
function remember<Value>(known: Map<number, Value | undefined>, json: unknown, value: Value | undefined): void {
  const id = (json as { id?: unknown } | null)?.id;
  if (typeof id === 'number' && !known.has(id)) known.set(id, value);
}

function parse(bytes: Uint8Array): unknown {
  return JSON.parse(new TextDecoder().decode(bytes));
}
