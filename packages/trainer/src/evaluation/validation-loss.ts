import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { fuseLayers } from '@pose/pose-models';
import { inputTensor } from '@pose/predictor';
import type { TrainingBatch } from '../data/training-data';
import type { Reporter } from '../run/reporter';
import type { Task } from '../task/task';
import { ForwardPass } from './forward-pass';

/**
 * Mean loss over the samples of a task's evaluation data; samples are not weighed.
 *
 * @param model    in inference mode, its layers fused for the time of this call
 * @param forward  how batches go through the network, of one architecture in all its calls; default op by op
 */
export async function validationLoss<B extends TrainingBatch, Targets>(
  model: LayersModel,
  task: Pick<Task<B, Targets>, 'targets' | 'loss' | 'evaluator'>,
  reporter?: Reporter,
  forward = ForwardPass.OP_BY_OP,
): Promise<number> {
  const { data } = task.evaluator;
  let [sum, samples] = [0, 0];
  const network = forward.of(fuseLayers(model));
  reporter?.start('validate', data.samples);
  try {
    for await (const batch of data.inOrder()) {
      const images = inputTensor(model, batch.input);
      const outputs = await network.run(images).finally(() => images.dispose());
      tf.tidy(() => {
        const { perSample } = task.loss(outputs, task.targets(batch, model));
        sum += perSample.dataSync<'float32'>().reduce((total, loss) => total + loss, 0);
      });
      tf.dispose(outputs);
      samples += batch.items.length;
      batch.release();
      reporter?.advance(batch.items.length);
    }
  } finally {
    network.dispose();
    reporter?.stop();
  }
  return sum / samples;
}
