import { readImage, type ImageInstance, type Skeleton } from '@pose/coco-dataset';
import { drawPose, mosaic, resizeImage, type Image } from '@pose/pose-viz';
import type { Evaluation, EvaluationPictures } from '../evaluation/evaluator';

/** Images in the picture. */
const IMAGES = 8;
/** Width and height that they are fitted into, pixels. */
const CELL = 320;

/** The first images of the data that show people, with the true and with the predicted keypoints of all of them. */
export async function bottomUpPictures(
  { items, results }: Evaluation,
  skeleton: Skeleton,
): Promise<EvaluationPictures> {
  const images = (items as readonly ImageInstance[]).filter(({ people }) => people.length > 0).slice(0, IMAGES);
  const cells: Image[] = [];
  const captions: string[] = [];
  for (const { imageId, imageFile, people } of images) {
    const { data, width, height } = await readImage(imageFile);
    const scale = Math.min(1, CELL / Math.max(width, height));
    const size = [Math.round(width * scale), Math.round(height * scale)] as const;
    const found = results.filter(({ image_id }) => image_id === imageId);
    const drawn = (poses: readonly ArrayLike<number>[], scoreThreshold?: number) => {
      const picture = resizeImage({ data: data.slice(), width, height, channels: 3 }, size);
      for (const pose of poses) {
        const scaled = Array.from(pose, (value, i) => (i % 3 === 2 ? value : value * scale));
        drawPose(picture, scaled, skeleton, { scoreThreshold });
      }
      return picture;
    };
    cells.push(
      drawn(people.map(({ keypoints }) => keypoints)),
      drawn(
        found.map(({ keypoints }) => keypoints),
        0.05,
      ),
    );
    captions.push(`truth ${imageId}`, `predicted ${found.length}`);
  }
  if (cells.length === 0) return { figures: [], tables: [] };
  return {
    figures: [
      {
        file: 'predictions.png',
        title: 'First images of the validation data',
        caption: 'True keypoints beside the predicted ones.',
        image: mosaic(cells, { columns: 4, captions }),
      },
    ],
    tables: [],
  };
}
