import { readImage, type PersonInstance, type Skeleton } from '@pose/coco-dataset';
import type { CocoKeypointResult } from '@pose/coco-eval';
import { boxToCenterScale, cropMatrix, transformKeypoints, warpAffine } from '@pose/pose-augment';
import { drawPose, mosaic, type Image } from '@pose/pose-viz';

/** Crop size of the pictures, `[width, height]` in pixels: large enough to judge a wrist. */
const CELL = [192, 256] as const;

/**
 * People of the validation data with their true (left) and predicted (right) keypoints.
 *
 * @param chosen          indices into people and results, which correspond
 * @param options.caption what stands below the predicted keypoints
 */
export async function predictionMosaic(
  people: readonly PersonInstance[],
  results: readonly CocoKeypointResult[],
  chosen: readonly number[],
  { skeleton, caption }: { skeleton: Skeleton; caption: (i: number) => string },
): Promise<Image> {
  const cells: Image[] = [];
  const captions: string[] = [];
  for (const i of chosen) {
    const person = people[i];
    const region = boxToCenterScale(person.box, { aspectRatio: CELL[0] / CELL[1] });
    const matrix = cropMatrix({ ...region, outputSize: CELL });
    const crop = warpAffine(await readImage(person.imageFile), matrix, CELL);
    const truth = transformKeypoints(person.keypoints, matrix);
    const predicted = transformKeypoints(withoutNegativeScores(results[i].keypoints), matrix);
    const copy = { ...crop, data: crop.data.slice() };
    drawPose(crop, truth, skeleton);
    drawPose(copy, predicted, skeleton, { scoreThreshold: 0.2 });
    cells.push(crop, copy);
    captions.push(`truth ${person.annotationId}`, caption(i));
  }
  return mosaic(cells, { columns: 8, captions });
}

/** A heatmap may be negative everywhere, and its maximum, the score, with it; such a keypoint is not drawn. */
function withoutNegativeScores(keypoints: ArrayLike<number>): number[] {
  return Array.from(keypoints, (value, i) => (i % 3 === 2 ? Math.max(0, value) : value));
}
