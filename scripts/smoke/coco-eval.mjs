import { COCO_SIGMAS, evaluateKeypoints } from '@pose/coco-eval';

const keypoints = COCO_SIGMAS.flatMap((_, k) => [10 + 9 * k, 20 + 5 * k, 2]);
const person = {
  id: 1,
  image_id: 1,
  category_id: 1,
  bbox: [10, 20, 144, 80],
  area: 11520,
  iscrowd: 0,
  num_keypoints: 17,
};
const groundTruth = { images: [{ id: 1 }], categories: [{ id: 1 }], annotations: [{ ...person, keypoints }] };
const { stats } = evaluateKeypoints(groundTruth, [{ image_id: 1, category_id: 1, keypoints, score: 0.9 }]);
if (!(Math.abs(stats.AP - 1) < 1e-9 && stats.AR === 1))
  throw new Error(`AP ${stats.AP}, AR ${stats.AR}: expected 1 and 1`);
