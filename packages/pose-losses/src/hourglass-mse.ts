import * as tf from '@tensorflow/tfjs-core';
import { checkHeatmaps, checkKeypointWeight } from './check-shapes';
import { LossError } from './loss-error';
import { squaredKeypointWeight, weightedSquaredError } from './weighted-squared-error';

export interface HourglassMseOptions {
  /** [N, K], a constant: multiplies prediction and target of a keypoint. The published loss has none */
  weight?: tf.Tensor2D;
  /** how the losses of the stacks make one; default 'mean'. 'sum' is that times the number of stacks */
  overStacks?: 'mean' | 'sum';
}

/** A type and not an interface, so that tf.tidy takes it. */
export type HourglassLoss = {
  /** [N], one loss per sample; the published loss is its mean */
  perSample: tf.Tensor1D;
  /** the same of each stack alone, [N] each */
  perStack: tf.Tensor1D[];
};

/**
 * Intermediate supervision of a stacked hourglass (princeton-vl/pytorch_stacked_hourglass, task/loss.py, HeatmapLoss):
 * the mean over pixels and keypoints of (prediction - target)^2 per sample and stack, every stack against the same
 * target; then, as its training step does, the mean over stacks.
 *
 * @param outputs  heatmaps of each stack, [N, H, W, K]; the gradient goes here
 * @param target   heatmaps [N, H, W, K], a constant
 * @throws LossError when there is no stack or the shapes do not belong together
 */
export function hourglassMse(
  outputs: readonly tf.Tensor4D[],
  target: tf.Tensor4D,
  { weight, overStacks = 'mean' }: HourglassMseOptions = {},
): HourglassLoss {
  if (outputs.length === 0) throw new LossError('Expected the output of one stack or more, found none');
  outputs.forEach((output, stack) => checkHeatmaps(output, target, `outputs[${stack}]`));
  if (weight) checkKeypointWeight(weight, target.shape);
  const weigh = weight && (() => squaredKeypointWeight(weight));
  return tf.tidy(() => {
    const perStack = outputs.map((output) => weightedSquaredError(output, target, 1, weigh));
    const stacked = tf.stack(perStack);
    const perSample = (overStacks === 'sum' ? tf.sum(stacked, 0) : tf.mean(stacked, 0)) as tf.Tensor1D;
    return { perSample, perStack };
  });
}
