import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { heatmapAccuracy } from '@pose/coco-eval';
import { jointsMse } from '@pose/pose-losses';
import { explainOutOfMemory } from '@pose/tfjs-engine';
import type { Batch } from './data/batch-loader';
import type { Adam, NamedVariables } from './optimizer/adam';
import { TrainerError } from './trainer-error';

/**
 * One optimizer step.
 *
 * @returns loss (weighted joints MSE) and heatmap accuracy (coco-eval) of the batch, both before the step
 * @throws TrainerError when the loss is not finite. The optimizer has done nothing then, but batch normalisation has
 *   taken up the batch's statistics: the model should not be used further
 * @throws EngineError when the engine's memory does not suffice; on the native engine the process may also end then
 */
export function trainStep(model: LayersModel, optimizer: Adam, batch: Batch, learningRate: number): StepResult {
  try {
    return computeStep(model, optimizer, batch, learningRate);
  } catch (error) {
    throw explainOutOfMemory(error);
  }
}

interface StepResult {
  loss: number;
  accuracy: number;
}

function computeStep(model: LayersModel, optimizer: Adam, batch: Batch, learningRate: number): StepResult {
  const [, inputHeight, inputWidth] = model.inputs[0].shape as number[];
  const [, height, width, keypoints] = model.outputs[0].shape as number[];
  const count = batch.items.length;
  const variables = trainableVariables(model);
  return tf.tidy(() => {
    const input = tf.tensor4d(batch.input, [count, inputHeight, inputWidth, 3]);
    const target = tf.tensor4d(batch.targets[0], [count, height, width, keypoints]);
    const weight = tf.tensor2d(batch.weight, [count, keypoints]);
    let prediction: Float32Array = new Float32Array();
    const { value, grads } = tf.variableGrads(() => {
      const heatmaps = model.apply(input, { training: true }) as tf.Tensor4D;
      prediction = heatmaps.dataSync() as Float32Array;
      return jointsMse(heatmaps, target, weight);
    }, Object.values(variables));
    const loss = value.dataSync()[0];
    if (!Number.isFinite(loss)) {
      const ids = batch.items.map((person) => person.annotationId).join(', ');
      throw new TrainerError(
        `The loss became ${loss} on the annotations ${ids}. The last checkpoint is from before; go on from it with ` +
          '--resume and a lower learning rate.',
      );
    }
    optimizer.apply(variables, grads, learningRate);
    const shape = [count, height, width, keypoints] as const;
    return { loss, accuracy: heatmapAccuracy(prediction, batch.targets[0], { shape }).average };
  });
}

/** The variables that the optimizer moves, in the order of the model's layers, by the names that a saved model gives them. */
export function trainableVariables(model: LayersModel): NamedVariables {
  return Object.fromEntries(
    model.trainableWeights.map((weight) => [weight.originalName, weight.read() as tf.Variable]),
  );
}
