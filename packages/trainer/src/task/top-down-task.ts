import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { heatmapAccuracy } from '@pose/coco-eval';
import { jointsMse } from '@pose/pose-losses';
import type { Batch } from '../data/batch-loader';
import { topDownEvaluator, type TopDownEvaluatorOptions } from '../evaluation/top-down-evaluator';
import type { TopDownData } from '../top-down-data';
import type { BatchLoss, Objective } from './objective';
import type { Task } from './task';

/** The targets of a batch of people. */
export interface TopDownTargets {
  /** What the data's encoding makes, each [N, ...] in the shape of the output at the same place. */
  targets: tf.Tensor[];
  /** [N, K]: 0 where the keypoint does not count. */
  weight: tf.Tensor2D;
}

type TopDownBatch = Pick<Batch, 'input' | 'targets' | 'weight' | 'items' | 'places' | 'index' | 'release'>;

export interface TopDownTaskOptions extends TopDownEvaluatorOptions {
  /** The people to train on. */
  train: TopDownData;
  /** Default `stagesMse`. */
  loss?: (outputs: readonly tf.Tensor[], targets: TopDownTargets) => BatchLoss;
}

/**
 * Top-down pose estimation: crops of people, one target per keypoint, heatmaps decoded to image pixels, COCO AP.
 *
 * @returns a plain object whose parts can be replaced
 */
export function topDownTask({ train, loss, ...evaluation }: TopDownTaskOptions): Task<Batch, TopDownTargets> {
  const objective = loss ? { ...HEATMAP_OBJECTIVE, loss } : HEATMAP_OBJECTIVE;
  return { ...objective, data: train.loader, evaluator: topDownEvaluator(evaluation) };
}

/** Heatmap regression as SimpleBaseline trains it: `stagesMse` and, to watch, the heatmap accuracy of the last output. */
export const HEATMAP_OBJECTIVE: Objective<TopDownBatch, TopDownTargets> = {
  targets: topDownTargets,
  loss: stagesMse,
  metrics: (outputs, batch) => ({ accuracy: lastAccuracy(outputs, batch) }),
};

/** A batch's targets as tensors. An output without a target of its own has the first one's, as stages of one size do. */
export function topDownTargets(batch: Pick<Batch, 'targets' | 'weight'>, { outputs }: LayersModel): TopDownTargets {
  const [, ...sides] = outputs[0].shape as number[];
  const count = batch.targets[0].length / tf.util.sizeFromShape(sides);
  return {
    targets: batch.targets.map((values, i) => tf.tensor(values, [count, ...(outputs[i].shape.slice(1) as number[])])),
    weight: tf.tensor2d(batch.weight, [count, batch.weight.length / count]),
  };
}

/** Weighted joints MSE of each output with its target, summed: one heatmap, or several for intermediate supervision. */
export function stagesMse(outputs: readonly tf.Tensor[], { targets, weight }: TopDownTargets): BatchLoss {
  const stages = outputs.map((output, i) =>
    jointsMse(output as tf.Tensor4D, (targets[i] ?? targets[0]) as tf.Tensor4D, weight),
  );
  return { perSample: stages.length === 1 ? stages[0] : (tf.addN(stages) as tf.Tensor1D) };
}

function lastAccuracy(outputs: readonly tf.Tensor[], { targets }: Pick<Batch, 'targets'>): number {
  const last = outputs[outputs.length - 1];
  const target = targets[outputs.length - 1] ?? targets[0];
  return heatmapAccuracy(last.dataSync(), target, { shape: last.shape }).average;
}
