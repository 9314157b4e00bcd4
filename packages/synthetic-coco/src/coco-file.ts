import { KEYPOINT_NAMES, KEYPOINT_SKELETON } from './keypoints';
import type { PersonAnnotation } from './scene-annotations';

/** An annotation as it stands in the file. */
export interface CocoAnnotation extends PersonAnnotation {
  id: number;
  image_id: number;
  category_id: 1;
}

/** A person_keypoints_*.json file. */
export interface CocoFile {
  info: { description: string; version: string };
  licenses: { id: number; name: string; url: string }[];
  images: { id: number; file_name: string; width: number; height: number; license: number }[];
  annotations: CocoAnnotation[];
  categories: { id: 1; name: 'person'; supercategory: 'person'; keypoints: string[]; skeleton: number[][] }[];
}

/** COCO's name of image number `id`: twelve digits. */
export function imageFileName(id: number): string {
  return `${String(id).padStart(12, '0')}.jpg`;
}

/**
 * One split's annotation file.
 *
 * @param firstId      id of the first image; an annotation's id is ten times its image's, plus the person's number
 * @param annotations  per image, in the order of the image ids
 */
export function cocoFile(
  description: string,
  version: string,
  firstId: number,
  [width, height]: readonly [number, number],
  annotations: readonly (readonly PersonAnnotation[])[],
): CocoFile {
  const file: CocoFile = {
    info: { description, version },
    licenses: [{ id: 1, name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' }],
    images: [],
    annotations: [],
    categories: [
      {
        id: 1,
        name: 'person',
        supercategory: 'person',
        keypoints: [...KEYPOINT_NAMES],
        skeleton: KEYPOINT_SKELETON.map((pair) => [...pair]),
      },
    ],
  };
  annotations.forEach((people, index) => {
    const id = firstId + index;
    file.images.push({ id, file_name: imageFileName(id), width, height, license: 1 });
    people.forEach((person, number) =>
      file.annotations.push({ id: id * 10 + number, image_id: id, category_id: 1, ...person }),
    );
  });
  return file;
}
