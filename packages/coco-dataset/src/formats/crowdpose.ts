import type { CocoImage, CocoKeypoints } from '../coco-types';
import { DatasetError } from '../dataset-error';
import { describe } from '../json-object';
import { parseCocoKeypoints } from '../parse-coco-keypoints';
import { readJson } from '../read-json';
import { CROWDPOSE_SKELETON } from '../skeletons/crowdpose';

export interface CrowdPoseImage extends CocoImage {
  /** How crowded the image is, from 0 to 1: easy below 0.2, hard from 0.8 on. */
  crowdIndex: number;
}

export interface CrowdPoseKeypoints extends CocoKeypoints {
  images: CrowdPoseImage[];
}

/** CrowdPose annotates no segments; its evaluation takes this share of the box as the person's area. */
const AREA_OF_BOX = 0.53;

/**
 * Reads an annotation file of CrowdPose (`crowdpose_trainval.json`, ...). It is COCO's format but for what is made good
 * here:
 *
 * - annotations have no `area`: 0.53 times that of the box, as in Jeff-sjtu/CrowdPose
 *   crowdpose-api/PythonAPI/crowdposetools/cocoeval.py;
 * - the limbs of its category are COCO's and name keypoints that are not there: those of `CROWDPOSE_SKELETON`.
 *
 * @throws DatasetError when the file cannot be read, is not JSON, a record is malformed (with its place), or the keypoints
 *   are not CrowdPose's
 */
export async function readCrowdPose(file: string): Promise<CrowdPoseKeypoints> {
  const json = crowdPoseToCoco(await readJson(file, 'a CrowdPose annotation file'), file);
  const coco = parseCocoKeypoints(json, file);
  const crowdIndices = new Map<number, number>();
  (json.images as Record<string, unknown>[]).forEach(({ id, crowdIndex }, i) => {
    if (typeof crowdIndex !== 'number' || !(crowdIndex >= 0 && crowdIndex <= 1)) {
      throw new DatasetError(
        `${file}: images[${i}].crowdIndex: expected a number from 0 to 1, found ${describe(crowdIndex)}`,
      );
    }
    crowdIndices.set(id as number, crowdIndex);
  });
  const images = coco.images.map((image) => ({ ...image, crowdIndex: crowdIndices.get(image.id) as number }));
  return { ...coco, images };
}

/**
 * A CrowdPose file as a COCO keypoint file: the same with areas and limbs as {@link readCrowdPose} takes them; other
 * fields stay. What is malformed is left for `parseCocoKeypoints` to find.
 *
 * @param json  the parsed file, which stays as it is
 * @throws DatasetError when the keypoints of a category are not CrowdPose's
 */
export function crowdPoseToCoco(json: unknown, source: string): Record<string, unknown> {
  if (!isObject(json)) {
    throw new DatasetError(
      `${source}: expected an object with images, annotations and categories, found ${describe(json)}`,
    );
  }
  return {
    ...json,
    categories: mapObjects(json.categories, (category, i) => {
      requireCrowdPoseKeypoints(category.keypoints, `${source}: categories[${i}].keypoints`);
      return { ...category, skeleton: CROWDPOSE_SKELETON.limbs.map(([a, b]) => [a + 1, b + 1]) };
    }),
    annotations: mapObjects(json.annotations, (annotation) => {
      const { area, bbox } = annotation;
      if (area !== undefined || !Array.isArray(bbox)) return annotation;
      return { ...annotation, area: AREA_OF_BOX * Number(bbox[2]) * Number(bbox[3]) };
    }),
  };
}

function requireCrowdPoseKeypoints(names: unknown, where: string): void {
  const wanted = CROWDPOSE_SKELETON.keypoints;
  const found = Array.isArray(names) ? names.join(', ') : describe(names);
  if (found !== wanted.join(', ')) {
    throw new DatasetError(
      `${where}: expected the ${wanted.length} of CrowdPose (${wanted.join(', ')}), found ${found}`,
    );
  }
}

/** A list with its objects changed; anything else stays as it is. */
function mapObjects(list: unknown, change: (object: Record<string, unknown>, index: number) => unknown): unknown {
  return Array.isArray(list) ? list.map((value: unknown, i) => (isObject(value) ? change(value, i) : value)) : list;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
