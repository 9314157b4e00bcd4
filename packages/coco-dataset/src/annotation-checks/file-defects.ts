import { DefectError } from '../defect-error';

/** The lists that every COCO keypoint file has. */
export const SECTIONS = ['categories', 'images', 'annotations'] as const;

export function isSection(name: string): boolean {
  return SECTIONS.some((section) => section === name);
}

/** The top-level value `key` is no array. */
export function notAList(source: string, key: string, found: string): DefectError {
  return new DefectError(source, key, 'an array', found, ': not a COCO file');
}

/** A list stands twice in the file; which of them counts? */
export function listedTwice(source: string, key: string): DefectError {
  return new DefectError(source, key, 'one list of this name', 'a second one');
}

export function noCategory(source: string): DefectError {
  return new DefectError(source, 'categories', 'at least one', 'none');
}

export function noPeople(source: string, annotations: number, crowd: number): DefectError {
  const found = `none among ${annotations} annotations (${crowd} of them crowd)`;
  return new DefectError(source, 'annotations', 'at least one person with labelled keypoints', found);
}
