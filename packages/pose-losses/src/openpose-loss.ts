import * as tf from '@tensorflow/tfjs-core';
import { checkHeatmaps, checkShape, describe } from './check-shapes';
import { LossError } from './loss-error';
import { weightedSquaredError } from './weighted-squared-error';

/** What OpenPose's stages are compared with; all constants. */
export interface OpenPoseTargets {
  /** part affinity fields [N, H, W, 2L], x and y of each limb */
  fields: tf.Tensor4D;
  /** heatmaps [N, H, W, K + 1], the last one for the background */
  heatmaps: tf.Tensor4D;
  /** [N, H, W], 0 where people are not labelled, 1 elsewhere; left out: everything counts */
  mask?: tf.Tensor3D;
}

/** A type and not an interface, so that tf.tidy takes it. */
export type OpenPoseLoss = {
  /** [N], the sum of all stages' terms per sample; the published loss is its mean */
  perSample: tf.Tensor1D;
  /** the terms of each stage, [N] each */
  stages: { fields: tf.Tensor1D; heatmaps: tf.Tensor1D }[];
};

/**
 * The loss of OpenPose's stages (Cao et al. 2017, section 2.1, eq. 5; the means of
 * tensorboy/pytorch_Realtime_Multi-Person_Pose_Estimation, train/train_VGG19.py, which has no mask): each output's mean over
 * pixels and channels of (mask * prediction - mask * target)^2, summed over the outputs. Masked pixels stay in the denominator.
 *
 * @param outputs  fields and heatmaps of stage 1, of stage 2 and so on, [N, H, W, 2L] and [N, H, W, K + 1]; the gradient goes here
 * @throws LossError when the outputs are not in pairs or the shapes do not belong together
 */
export function openPoseLoss(outputs: readonly tf.Tensor4D[], targets: OpenPoseTargets): OpenPoseLoss {
  checkOutputs(outputs, targets);
  const { fields, heatmaps, mask } = targets;
  const weigh = mask && (() => tf.expandDims(tf.square(mask), 3));
  return tf.tidy(() => {
    const terms = outputs.map((output, i) => weightedSquaredError(output, i % 2 ? heatmaps : fields, 1, weigh));
    const stages = Array.from({ length: terms.length / 2 }, (_, i) => ({
      fields: terms[2 * i],
      heatmaps: terms[2 * i + 1],
    }));
    return { perSample: tf.addN(terms), stages };
  });
}

function checkOutputs(outputs: readonly tf.Tensor4D[], { fields, heatmaps, mask }: OpenPoseTargets): void {
  if (outputs.length === 0 || outputs.length % 2 !== 0) {
    throw new LossError(`Expected two outputs of each stage, fields and heatmaps, found ${outputs.length} outputs`);
  }
  outputs.forEach((output, i) => {
    const [target, name] = i % 2 ? [heatmaps, 'targets.heatmaps'] : [fields, 'targets.fields'];
    checkHeatmaps(output, target, `outputs[${i}]`, name);
  });
  const pixels = fields.shape.slice(0, 3);
  checkShape('targets.heatmaps', heatmaps, [...pixels, heatmaps.shape[3]], 'like targets.fields up to the channels');
  if (mask) checkShape('targets.mask', mask, pixels, `for targets.fields ${describe(fields.shape)}`);
}
