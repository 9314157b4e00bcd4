import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { heatmapAccuracy } from '@pose/coco-eval';
import { jointsMse } from '@pose/pose-losses';
import type { Batch } from './data/batch-loader';
import type { Adam } from './optimizer/adam';
import { TrainerError } from './trainer-error';

/** One optimizer step; returns the loss and the heatmap accuracy (both before the step) of the batch. */
export function trainStep(
  model: LayersModel,
  optimizer: Adam,
  batch: Batch,
  learningRate: number,
): { loss: number; accuracy: number } {
  const [, inputHeight, inputWidth] = model.inputs[0].shape as number[];
  const [, height, width, keypoints] = model.outputs[0].shape as number[];
  const count = batch.people.length;
  const variables = trainableVariables(model);
  return tf.tidy(() => {
    const input = tf.tensor4d(batch.input, [count, inputHeight, inputWidth, 3]);
    const target = tf.tensor4d(batch.target, [count, height, width, keypoints]);
    const weight = tf.tensor2d(batch.weight, [count, keypoints]);
    let prediction: Float32Array = new Float32Array();
    const { value, grads } = tf.variableGrads(() => {
      const heatmaps = model.apply(input, { training: true }) as tf.Tensor4D;
      prediction = heatmaps.dataSync() as Float32Array;
      return jointsMse(heatmaps, target, weight);
    }, variables);
    const loss = value.dataSync()[0];
    if (!Number.isFinite(loss)) {
      const ids = batch.people.map((person) => person.annotationId).join(', ');
      throw new TrainerError(
        `The loss became ${loss} on the annotations ${ids}. Nothing of this step was applied; lower the learning rate ` +
          'and go on from the last checkpoint with --resume.',
      );
    }
    optimizer.apply(variables, grads, learningRate);
    const shape = [count, height, width, keypoints] as const;
    return { loss, accuracy: heatmapAccuracy(prediction, batch.target, { shape }).average };
  });
}

/** The variables that the optimizer moves, in the order of the model's layers. */
export function trainableVariables(model: LayersModel): tf.Variable[] {
  return model.trainableWeights.map((weight) => weight.read() as tf.Variable);
}
