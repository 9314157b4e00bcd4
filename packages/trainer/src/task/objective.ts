import type * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { TrainingBatch } from '../data/training-data';

/** A batch's loss. */
export interface BatchLoss {
  /** [N], one number per sample; what is minimised is their mean. */
  perSample: tf.Tensor1D;
  /** Parts of it, and anything else of the forward pass, to be logged by these names. */
  terms?: Record<string, tf.Scalar>;
}

/** What a network is trained to do, as far as one step needs it. A plain object: spread one and replace what should differ. */
export interface Objective<B extends TrainingBatch = TrainingBatch, Targets = unknown> {
  /** The tensors of a batch that the loss compares the outputs with. The step disposes of them. */
  targets(batch: B, model: LayersModel): Targets;
  /**
   * @param outputs  of the network, first to last
   * @throws LossError when the shapes do not belong together
   */
  loss(outputs: readonly tf.Tensor[], targets: Targets): BatchLoss;
  /**
   * How much each sample counts in the mean; default all alike. Zero leaves one out. The weights are constants: no
   * gradient flows through them.
   *
   * @param perSample  [N], the losses before the step
   * @param epoch      from 0
   * @returns [N], 0 or more
   */
  weigh?(perSample: tf.Tensor1D, targets: Targets, epoch: number): tf.Tensor1D;
  /** What to watch beside the loss, from the outputs before the step: heatmap accuracy, for example. */
  metrics?(outputs: readonly tf.Tensor[], batch: B): Record<string, number>;
}
