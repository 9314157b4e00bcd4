import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { CocoKeypointResult } from '@pose/coco-eval';
import { fuseLayers } from '@pose/pose-models';
import type { TrainingBatch } from '../data/training-data';
import type { Reporter } from '../run/reporter';
import type { Evaluation, Evaluator } from './evaluator';
import { ForwardPass } from './forward-pass';

/**
 * Predicts, decodes and measures a whole data set.
 *
 * @param model    in inference mode, its layers fused for the time of this call
 * @param forward  how batches go through the network, of one architecture in all its calls; default op by op
 * @throws TrainerError when a sample cannot be read; DecodeError when the outputs are not finite
 */
export async function evaluate<B extends TrainingBatch>(
  model: LayersModel,
  { data, predict, decode, metric }: Evaluator<B>,
  reporter?: Reporter,
  forward = ForwardPass.OP_BY_OP,
): Promise<Evaluation> {
  const items: B['items'][number][] = [];
  const results: CocoKeypointResult[] = [];
  const network = forward.of(fuseLayers(model));
  reporter?.start('evaluate', data.samples);
  try {
    for await (const batch of data.inOrder()) {
      results.push(...decode(await predict(network, batch), batch));
      items.push(...batch.items);
      reporter?.advance(batch.items.length);
      batch.release();
    }
  } finally {
    network.dispose();
    reporter?.stop();
  }
  return { stats: metric(results, items), items, results };
}
