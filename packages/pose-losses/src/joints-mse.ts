import * as tf from '@tensorflow/tfjs-core';
import { LossError } from './loss-error';

/**
 * JointsMSELoss with target weights (Microsoft/human-pose-estimation.pytorch, lib/core/loss.py): per keypoint half the
 * mean over batch and pixels of (weight * (prediction - target))^2, then the mean over keypoints. Keypoints of weight 0
 * stay in the denominator.
 *
 * @param prediction  heatmaps [N, H, W, K]; the gradient goes here
 * @param target      heatmaps [N, H, W, K], a constant
 * @param weight      [N, K], a constant; 0 for keypoints that are not labelled
 * @returns a scalar
 * @throws LossError when the shapes do not belong together
 */
export function jointsMse(prediction: tf.Tensor4D, target: tf.Tensor4D, weight: tf.Tensor2D): tf.Scalar {
  checkShapes(prediction, target, weight);
  const [batch, , , keypoints] = prediction.shape;
  const loss = tf.customGrad((...args) => {
    const [heatmaps, save] = args as [tf.Tensor4D, tf.GradSaveFunc];
    const mask = tf.reshape(weight, [batch, 1, 1, keypoints]);
    const difference = tf.mul(tf.sub(heatmaps, target), mask);
    save([difference, mask]);
    // Pixels first: a single sum over all values loses digits on backends that add up float32 one by one.
    const value = tf.mul(tf.mean(tf.mean(tf.square(difference), [1, 2])), 0.5);
    const gradFunc = (dy: tf.Tensor, [saved, savedMask]: tf.Tensor[]): tf.Tensor =>
      tf.tidy(() => tf.mul(saved, tf.mul(savedMask, tf.div(dy, saved.size))));
    return { value, gradFunc };
  });
  return loss(prediction) as tf.Scalar;
}

function checkShapes(prediction: tf.Tensor4D, target: tf.Tensor4D, weight: tf.Tensor2D): void {
  const { shape } = prediction;
  if (shape.length !== 4 || prediction.size === 0) {
    throw new LossError(`Expected prediction [N, H, W, K], not empty, found ${describe(shape)}`);
  }
  if (!tf.util.arraysEqual(target.shape, shape)) {
    throw new LossError(`Expected target ${describe(shape)} like prediction, found ${describe(target.shape)}`);
  }
  const weightShape = [shape[0], shape[3]];
  if (!tf.util.arraysEqual(weight.shape, weightShape)) {
    throw new LossError(
      `Expected weight ${describe(weightShape)} for prediction ${describe(shape)}, found ${describe(weight.shape)}`,
    );
  }
}

function describe(shape: readonly number[]): string {
  return `[${shape.join(', ')}]`;
}
