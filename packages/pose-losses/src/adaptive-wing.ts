import * as tf from '@tensorflow/tfjs-core';
import { checkHeatmaps, checkKeypointWeight } from './check-shapes';
import { LossError } from './loss-error';

export interface AdaptiveWingOptions {
  /** [N, K], a constant: multiplies prediction and target of a keypoint; default 1 */
  weight?: tf.Tensor2D;
  /** exponent of the curve at target 0, above 2 for targets up to 1; default 2.1 */
  alpha?: number;
  /** height of the curve; default 14 */
  omega?: number;
  /** width of the curve; default 1 */
  epsilon?: number;
  /** the error where the curve goes over into a line; default 0.5 */
  theta?: number;
}

/**
 * Adaptive wing loss (Wang et al. 2019, eq. 4-5; open-mmlab/mmpose, mmpose/models/losses/heatmap_loss.py, AdaptiveWingLoss):
 * with error d = |target - prediction| and exponent q = alpha - target, omega * ln(1 + (d / epsilon)^q) below theta and
 * the line A * d - C of the same height and slope at theta beyond; the mean over pixels and keypoints.
 *
 * @param prediction  heatmaps [N, H, W, K]; the gradient goes here. It is 0 where prediction equals target
 * @param target      heatmaps [N, H, W, K] of values from 0 to 1, a constant
 * @returns [N], one loss per sample; the published loss is its mean
 * @throws LossError when the shapes do not belong together or an option is not above 0
 */
export function adaptiveWing(
  prediction: tf.Tensor4D,
  target: tf.Tensor4D,
  options: AdaptiveWingOptions = {},
): tf.Tensor1D {
  const { weight, alpha = 2.1, omega = 14, epsilon = 1, theta = 0.5 } = options;
  checkHeatmaps(prediction, target);
  for (const [name, value] of Object.entries({ alpha, omega, epsilon, theta })) {
    if (!(value > 0 && value < Infinity)) throw new LossError(`Expected a number above 0 for ${name}, found ${value}`);
  }
  if (weight) checkKeypointWeight(weight, prediction.shape);
  const [batch, , , keypoints] = prediction.shape;
  const valuesPerSample = prediction.size / batch;

  const loss = tf.customGrad((...args) => {
    const [values, save] = args as [tf.Tensor4D, tf.GradSaveFunc];
    const mask = weight ? tf.reshape(weight, [batch, 1, 1, keypoints]) : tf.scalar(1);
    const signed = tf.mul(tf.sub(values, target), mask);
    const error = tf.abs(signed);
    const exponent = tf.sub(alpha, tf.mul(target, mask)); // q
    const power = tf.pow(tf.div(error, epsilon), exponent);
    const powerAtTheta = tf.pow(tf.scalar(theta / epsilon), exponent);
    const slopeOfLine = tf.mul(curveSlope(powerAtTheta, exponent), omega / theta); // A
    const startOfLine = tf.mul(tf.log1p(powerAtTheta), omega);
    const isCurved = tf.less(error, theta);
    const curve = tf.mul(tf.log1p(power), omega);
    const line = tf.add(tf.mul(slopeOfLine, tf.sub(error, theta)), startOfLine); // A d - C
    const value = tf.mean(tf.mean(tf.where(isCurved, curve, line), [1, 2]), 1);
    // The power goes to 0 faster than the error, so nothing becomes infinite where the error is 0.
    const slopeOfCurve = tf.mul(tf.div(curveSlope(power, exponent), tf.maximum(error, 1e-30)), omega);
    const slope = tf.where(isCurved, slopeOfCurve, slopeOfLine);
    save([tf.mul(slope, tf.mul(tf.sign(signed), mask))]);
    const gradFunc = (dy: tf.Tensor, [saved]: tf.Tensor[]): tf.Tensor =>
      tf.tidy(() => tf.mul(saved, tf.reshape(tf.div(dy, valuesPerSample), [batch, 1, 1, 1])));
    return { value, gradFunc };
  });
  return loss(prediction) as tf.Tensor1D;
}

/** The derivative of ln(1 + power) with respect to the error, times the error. */
function curveSlope(power: tf.Tensor, exponent: tf.Tensor): tf.Tensor {
  return tf.div(tf.mul(exponent, power), tf.add(power, 1));
}
