import type { Tensor } from '@tensorflow/tfjs-core';
import { LossError } from './loss-error';

/** @throws LossError unless `target` has the shape of `prediction`, which is [N, H, W, K] with at least one value */
export function checkHeatmaps(prediction: Tensor, target: Tensor, name = 'prediction', targetName = 'target'): void {
  const { shape } = prediction;
  if (shape.length !== 4 || prediction.size === 0) {
    throw new LossError(`Expected ${name} [N, H, W, K], not empty, found ${describe(shape)}`);
  }
  checkShape(targetName, target, shape, `like ${name}`);
}

/** @throws LossError unless `weight` is [N, K] for a prediction [N, H, W, K] */
export function checkKeypointWeight(weight: Tensor, [batch, height, width, keypoints]: readonly number[]): void {
  const reason = `for prediction ${describe([batch, height, width, keypoints])}`;
  checkShape('weight', weight, [batch, keypoints], reason);
}

/** @throws LossError unless `perSample` is [N] with at least one value */
export function checkPerSample(perSample: Tensor): void {
  const { shape } = perSample;
  if (shape.length !== 1 || perSample.size === 0) {
    throw new LossError(`Expected perSample [N], not empty, found ${describe(shape)}`);
  }
}

/** @throws LossError unless the tensor has this shape; `reason` says where the shape comes from */
export function checkShape(name: string, tensor: Tensor, expected: readonly number[], reason: string): void {
  const { shape } = tensor;
  if (shape.length === expected.length && shape.every((size, axis) => size === expected[axis])) return;
  throw new LossError(`Expected ${name} ${describe(expected)} ${reason}, found ${describe(shape)}`);
}

export function describe(shape: readonly number[]): string {
  return `[${shape.join(', ')}]`;
}
