import { readImage, type PersonInstance, type Skeleton } from '@pose/coco-dataset';
import type { CocoKeypointResult } from '@pose/coco-eval';
import { boxToCenterScale, cropMatrix, transformKeypoints, warpAffine } from '@pose/pose-augment';
import { drawPose, mosaic, type Image } from '@pose/pose-viz';

/** Crop size of the pictures, `[width, height]` in pixels: large enough to judge a wrist. */
const CELL = [192, 256] as const;

/**
 * People of the validation data with their true (left) and predicted (right) keypoints.
 *
 * @param chosen indices into people and results, which correspond
 */
export async function predictionMosaic(
  people: readonly PersonInstance[],
  results: readonly CocoKeypointResult[],
  chosen: readonly number[],
  skeleton: Skeleton,
): Promise<Image> {
  const cells: Image[] = [];
  const captions: string[] = [];
  for (const i of chosen) {
    const person = people[i];
    const region = boxToCenterScale(person.box, { aspectRatio: CELL[0] / CELL[1] });
    const matrix = cropMatrix({ ...region, outputSize: CELL });
    const crop = warpAffine(await readImage(person.imageFile), matrix, CELL);
    const truth = transformKeypoints(person.keypoints, matrix);
    const predicted = transformKeypoints(results[i].keypoints, matrix);
    const copy = { ...crop, data: crop.data.slice() };
    drawPose(crop, truth, skeleton);
    drawPose(copy, predicted, skeleton, { scoreThreshold: 0.2 });
    cells.push(crop, copy);
    captions.push(`truth ${person.annotationId}`, `predicted ${results[i].score.toFixed(2)}`);
  }
  return mosaic(cells, { columns: 8, captions });
}
