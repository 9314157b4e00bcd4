import { COCO_SKELETON } from '@pose/coco-dataset';
import type { ModelDescription } from '@pose/predictor';

/** Describes what `slimModel` makes with its defaults. */
export const SLIM: ModelDescription = {
  name: 'slim',
  options: { inputSize: [64, 64], keypoints: 17 },
  keypointNames: COCO_SKELETON.keypoints,
  flipPairs: COCO_SKELETON.flipPairs,
};
