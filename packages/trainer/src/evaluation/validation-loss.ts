import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { inputTensor } from '@pose/predictor';
import type { TrainingBatch } from '../data/training-data';
import type { Reporter } from '../run/reporter';
import type { Task } from '../task/task';

/** Mean loss over the samples of a task's evaluation data, in inference mode; samples are not weighed. */
export async function validationLoss<B extends TrainingBatch, Targets>(
  model: LayersModel,
  task: Pick<Task<B, Targets>, 'targets' | 'loss' | 'evaluator'>,
  reporter?: Reporter,
): Promise<number> {
  const { data } = task.evaluator;
  let [sum, samples] = [0, 0];
  reporter?.start('validate', data.samples);
  try {
    for await (const batch of data.inOrder()) {
      tf.tidy(() => {
        const outputs = model.apply(inputTensor(model, batch.input)) as tf.Tensor | tf.Tensor[];
        const { perSample } = task.loss(Array.isArray(outputs) ? outputs : [outputs], task.targets(batch, model));
        sum += perSample.dataSync<'float32'>().reduce((total, loss) => total + loss, 0);
      });
      samples += batch.items.length;
      batch.release();
      reporter?.advance(batch.items.length);
    }
  } finally {
    reporter?.stop();
  }
  return sum / samples;
}
