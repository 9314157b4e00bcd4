import { COCO_SIGMAS, evaluateBoxes, evaluateKeypoints, KeypointEvaluator } from '@pose/coco-eval';
import { readJson, writeResults } from '@pose/coco-eval/node';

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
const detections = [{ image_id: 1, category_id: 1, keypoints, score: 0.9 }];
const { stats } = evaluateKeypoints(groundTruth, detections);
if (!(Math.abs(stats.AP - 1) < 1e-9 && stats.AR === 1))
  throw new Error(`AP ${stats.AP}, AR ${stats.AR}: expected 1 and 1`);

const { AP } = evaluateBoxes(groundTruth, detections).stats;
if (!(Math.abs(AP - 1) < 1e-9)) throw new Error(`AP of boxes ${AP}: expected 1`);

const streamed = new KeypointEvaluator();
streamed.add({ imageId: 1, annotations: groundTruth.annotations, detections });
if (streamed.evaluate().stats.AP !== stats.AP) throw new Error('expected the same AP image by image');

async function main() {
  await writeResults('results.json', detections);
  const read = JSON.stringify(readJson('results.json'));
  if (read !== JSON.stringify(detections)) throw new Error(`expected the results that were written, found ${read}`);
}
await main();
