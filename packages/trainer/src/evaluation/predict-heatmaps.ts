import * as tf from '@tensorflow/tfjs-core';
import { mergeFlipped } from '@pose/pose-decode';
import type { FusedNetwork } from '@pose/pose-models';
import type { Size } from '../data/size';
import type { ModelDescription } from '../checkpoint/checkpoint-state';

export interface PredictOptions {
  /** Averages the heatmaps of the image and of its mirror image, the latter shifted by one pixel (Microsoft's FLIP_TEST and SHIFT_HEATMAP). */
  flipTest: boolean;
}

/** `[width, height]` of a model's heatmaps. */
export function heatmapSizeOf(model: FusedNetwork): Size {
  const [, height, width] = model.outputs[0].shape;
  return [width as number, height as number];
}

/**
 * Runs the network in inference mode.
 *
 * @param input  Float32 [batch, height, width, 3], normalised RGB
 * @returns Float32 heatmaps [batch, height, width, keypoints]
 */
export function predictHeatmaps(
  model: FusedNetwork,
  description: ModelDescription,
  input: Float32Array,
  { flipTest }: PredictOptions,
): Float32Array {
  const [width, height] = description.options.inputSize;
  const images = tf.tensor4d(input, [input.length / (width * height * 3), height, width, 3]);
  try {
    const run = (mirrored: boolean) => {
      // Not what tidy returns: tidy looks for tensors in it, value by value.
      let heatmaps = new Float32Array();
      tf.tidy(() => {
        const output = model.apply(mirrored ? tf.reverse(images, 2) : images) as tf.Tensor;
        heatmaps = output.dataSync() as Float32Array<ArrayBuffer>;
      });
      return heatmaps;
    };
    const straight = run(false);
    if (!flipTest) return straight;
    const { keypoints } = description.options;
    return mergeFlipped(straight, run(true), {
      size: heatmapSizeOf(model),
      keypoints,
      batch: images.shape[0],
      flipPairs: description.flipPairs,
      shift: true,
    });
  } finally {
    images.dispose();
  }
}
