import * as tf from '@tensorflow/tfjs-core';
import { mergeFlipped } from '@pose/pose-decode';
import type { FusedNetwork } from '@pose/pose-models';
import type { Size } from '../data/size';
import type { ModelDescription } from '../checkpoint/checkpoint-state';
import { predictOutputs } from './predict-outputs';

export interface PredictOptions {
  /** Averages the heatmaps of the image and of its mirror image, the latter shifted by one pixel (Microsoft's FLIP_TEST and SHIFT_HEATMAP). */
  flipTest: boolean;
}

/** `[width, height]` of a model's heatmaps, those of its last stage where it has several. */
export function heatmapSizeOf({ outputs }: Pick<FusedNetwork, 'outputs'>): Size {
  const [, height, width] = outputs[outputs.length - 1].shape;
  return [width as number, height as number];
}

/**
 * Runs the network in inference mode.
 *
 * @param input  Float32 [batch, height, width, 3], normalised RGB
 * @returns Float32 heatmaps [batch, height, width, keypoints] of the last stage
 */
export function predictHeatmaps(
  model: FusedNetwork,
  { flipPairs }: Pick<ModelDescription, 'flipPairs'>,
  input: Float32Array,
  { flipTest }: PredictOptions,
): Float32Array {
  const last = model.outputs.length - 1;
  const [straight] = predictOutputs(model, input, [last]);
  if (!flipTest) return straight;
  const [mirrored] = predictOutputs(model, input, [last], (images) => tf.reverse(images, 2));
  const size = heatmapSizeOf(model);
  const keypoints = model.outputs[last].shape[3] as number;
  const batch = straight.length / (size[0] * size[1] * keypoints);
  return mergeFlipped(straight, mirrored, { size, keypoints, batch, flipPairs, shift: true });
}
