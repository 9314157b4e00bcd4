import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { openPoseLoss } from '@pose/pose-losses';
import type { BottomUpData } from '../bottom-up-data';
import type { Batch } from '../data/batch-loader';
import { bottomUpEvaluator, type BottomUpEvaluatorOptions } from '../evaluation/bottom-up-evaluator';
import type { BatchLoss, Objective } from './objective';
import type { Task } from './task';

/** The targets of a batch of images. */
export interface BottomUpTargets {
  /** [N, H, W, K + 1], the background last. */
  heatmaps: tf.Tensor4D;
  /** [N, H, W, 2L], x and y of each limb's field. */
  fields: tf.Tensor4D;
  /** [N, H, W]: 0 in ignore regions, 1 elsewhere. */
  mask: tf.Tensor3D;
}

type BottomUpBatch = Batch<'bottom-up'>;

export interface BottomUpTaskOptions extends BottomUpEvaluatorOptions {
  /** The images to train on. */
  train: BottomUpData;
  /** Default `openPoseStages`. */
  loss?: (outputs: readonly tf.Tensor[], targets: BottomUpTargets) => BatchLoss;
}

/**
 * Bottom-up pose estimation as OpenPose: whole images, heatmaps and part affinity fields of several stages, people
 * grouped by line integrals, COCO AP.
 *
 * @returns a plain object whose parts can be replaced
 */
export function bottomUpTask({
  train,
  loss = openPoseStages,
  ...evaluation
}: BottomUpTaskOptions): Task<BottomUpBatch, BottomUpTargets> {
  return { ...OPENPOSE_OBJECTIVE, loss, data: train.loader, evaluator: bottomUpEvaluator(evaluation) };
}

/** OpenPose's stages: fields and heatmaps in turn, each compared with the same targets, ignore regions left out. */
export const OPENPOSE_OBJECTIVE: Objective<BottomUpBatch, BottomUpTargets> = {
  targets: bottomUpTargets,
  loss: openPoseStages,
};

/** A batch's targets as tensors, in the shapes of the network's first two outputs. */
export function bottomUpTargets(batch: BottomUpBatch, { outputs }: LayersModel): BottomUpTargets {
  const [, height, width, fieldChannels] = outputs[0].shape as [null, number, number, number];
  const count = batch.mask.length / (height * width);
  const heatmapChannels = batch.heatmaps.length / batch.mask.length;
  return {
    heatmaps: tf.tensor4d(batch.heatmaps, [count, height, width, heatmapChannels]),
    fields: tf.tensor4d(batch.fields, [count, height, width, fieldChannels]),
    mask: tf.tensor3d(batch.mask, [count, height, width]),
  };
}

/**
 * OpenPose's loss, with the terms that its training script logs (tensorboy/pytorch_Realtime_Multi-Person_Pose_Estimation,
 * train/train_VGG19.py): `loss_stage<n>_L1` of the fields and `_L2` of the heatmaps, from stage 1 on, and the extremes of
 * the last stage, `max_ht`, `min_ht`, `max_paf`, `min_paf` (of the heatmaps without the background).
 */
export function openPoseStages(outputs: readonly tf.Tensor[], targets: BottomUpTargets): BatchLoss {
  const { perSample, stages } = openPoseLoss(outputs as tf.Tensor4D[], targets);
  const terms: Record<string, tf.Scalar> = {};
  for (const [i, { fields, heatmaps }] of stages.entries()) {
    terms[`loss_stage${i + 1}_L1`] = tf.mean(fields);
    terms[`loss_stage${i + 1}_L2`] = tf.mean(heatmaps);
  }
  const [fields, heatmaps] = outputs.slice(-2);
  const people = tf.slice(heatmaps, [0, 0, 0, 0], [-1, -1, -1, (heatmaps.shape[3] as number) - 1]);
  Object.assign(terms, {
    max_ht: tf.max(people),
    min_ht: tf.min(people),
    max_paf: tf.max(fields),
    min_paf: tf.min(fields),
  });
  return { perSample, terms };
}
