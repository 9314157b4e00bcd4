import {
  AIC_SKELETON,
  COCO_SKELETON,
  CROWDPOSE_SKELETON,
  HALPE26_SKELETON,
  MPII_SKELETON,
  OPENPOSE_SKELETON,
} from '@pose/coco-dataset';
import { drawPeople, personColor, type Image, type Skeleton } from '@pose/pose-viz';
import { writeImage } from '@pose/pose-viz/node';
import type { TrackedPerson } from './track-people';

const SKELETONS = [COCO_SKELETON, OPENPOSE_SKELETON, MPII_SKELETON, CROWDPOSE_SKELETON, AIC_SKELETON, HALPE26_SKELETON];
const SCORE_THRESHOLD = 0.2; // keypoints below it are not drawn

/** Names and limbs to draw; without limbs where no known skeleton has these keypoints. */
export function skeletonOf(keypointNames: readonly string[]): Skeleton {
  const known = SKELETONS.find(({ keypoints }) => keypoints.join() === keypointNames.join());
  return { keypoints: keypointNames, limbs: known?.limbs ?? [] };
}

/**
 * Draws the people, and boxes that are not the whole image, on the image, and writes it as its name says: PNG or JPEG. Who
 * has an id is drawn in its colour, with the id.
 */
export async function writeOverlay(
  file: string,
  image: Image,
  people: readonly TrackedPerson[],
  skeleton: Skeleton,
): Promise<void> {
  const isPart = ([, , width, height]: TrackedPerson['box']) => width < image.width || height < image.height;
  const drawn = people.map(({ keypoints, box, id }) => ({
    keypoints,
    box: isPart(box) ? box : undefined,
    ...(id !== null && { color: personColor(id), label: `${id}` }),
  }));
  drawPeople(image, drawn, skeleton, { scoreThreshold: SCORE_THRESHOLD });
  await writeImage(file, image);
}
