import { writeFile } from 'node:fs/promises';
import sharp from 'sharp';
import {
  AIC_SKELETON,
  COCO_SKELETON,
  CROWDPOSE_SKELETON,
  HALPE26_SKELETON,
  MPII_SKELETON,
  OPENPOSE_SKELETON,
} from '@pose/coco-dataset';
import type { Image } from '@pose/pose-augment';
import { drawBox, drawPose, writePng, type Skeleton } from '@pose/pose-viz';
import type { Person } from '@pose/predictor';

const SKELETONS = [COCO_SKELETON, OPENPOSE_SKELETON, MPII_SKELETON, CROWDPOSE_SKELETON, AIC_SKELETON, HALPE26_SKELETON];
const SCORE_THRESHOLD = 0.2; // keypoints below it are not drawn

/** Names and limbs to draw; without limbs where no known skeleton has these keypoints. */
export function skeletonOf(keypointNames: readonly string[]): Skeleton {
  const known = SKELETONS.find(({ keypoints }) => keypoints.join() === keypointNames.join());
  return { keypoints: keypointNames, limbs: known?.limbs ?? [] };
}

/** Draws the people, and boxes that are not the whole image, on the image, and writes it as PNG or JPEG. */
export async function writeOverlay(
  file: string,
  image: Image,
  people: readonly Person[],
  skeleton: Skeleton,
): Promise<void> {
  for (const { box, keypoints } of people) {
    if (box[2] < image.width || box[3] < image.height) drawBox(image, box);
    drawPose(image, keypoints, skeleton, { scoreThreshold: SCORE_THRESHOLD });
  }
  if (file.endsWith('.png')) {
    await writePng(file, image);
    return;
  }
  const { data, width, height } = image;
  await writeFile(
    file,
    await sharp(data, { raw: { width, height, channels: 3 } })
      .jpeg({ quality: 90 })
      .toBuffer(),
  );
}
