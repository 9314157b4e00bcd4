import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { CocoKeypoints, PersonInstance } from '@pose/coco-dataset';
import { evaluateKeypoints, type CocoKeypointResult, type KeypointStats } from '@pose/coco-eval';
import { fuseLayers } from '@pose/pose-models';
import { decodeHeatmaps, heatmapToImage, personScore } from '@pose/pose-decode';
import type { ModelDescription } from '../checkpoint/checkpoint-state';
import type { BatchLoader } from '../data/batch-loader';
import type { Reporter } from '../run/reporter';
import { heatmapSizeOf, predictHeatmaps, type PredictOptions } from './predict-heatmaps';

export interface Evaluation {
  /** pycocotools' ten numbers. */
  stats: KeypointStats;
  /** Who was predicted: everybody in the data set whose image could be read, in its order. */
  people: PersonInstance[];
  /** One result for each of them: keypoints in image pixels with their scores. */
  results: CocoKeypointResult[];
}

/**
 * Top-down evaluation with ground-truth boxes, as human-pose-estimation.pytorch lib/core/function.py `validate`:
 * arg-max with quarter offset, back to image pixels, person score = mean score of the joints above 0.2, COCO AP.
 * People without labelled keypoints and crowds are not predicted; coco-eval ignores them, as pycocotools does.
 *
 * @throws TrainerError when a sample cannot be read; DecodeError when the heatmaps are not finite
 */
export async function evaluate(
  model: LayersModel,
  description: ModelDescription,
  data: { loader: BatchLoader; coco: CocoKeypoints },
  options: PredictOptions,
  reporter?: Reporter,
): Promise<Evaluation> {
  const heatmapSize = heatmapSizeOf(model);
  const { keypoints } = description.options;
  const people: PersonInstance[] = [];
  const results: CocoKeypointResult[] = [];
  const categories = new Map(data.coco.annotations.map((annotation) => [annotation.id, annotation.category_id]));
  reporter?.start('evaluate', data.loader.samples);
  const network = fuseLayers(model);
  try {
    for await (const batch of data.loader.inOrder()) {
      const heatmaps = predictHeatmaps(network, description, batch.input, options);
      const mapLength = heatmapSize[0] * heatmapSize[1] * keypoints;
      for (const [i, person] of batch.items.entries()) {
        const maps = heatmaps.subarray(i * mapLength, (i + 1) * mapLength);
        const peaks = decodeHeatmaps(maps, { size: heatmapSize, keypoints });
        const [centerX, centerY, scaleX, scaleY] = batch.crops.subarray(i * 4, i * 4 + 4);
        const points = heatmapToImage(peaks, { center: [centerX, centerY], scale: [scaleX, scaleY], heatmapSize });
        results.push({
          image_id: person.imageId,
          category_id: categories.get(person.annotationId) as number,
          keypoints: Array.from(points),
          score: personScore(points),
        });
      }
      people.push(...batch.items);
      reporter?.advance(batch.items.length);
      batch.release();
    }
  } finally {
    network.dispose();
  }
  reporter?.stop();
  return { stats: evaluateKeypoints(data.coco, results).stats, people, results };
}
