import type { FrameOptions } from './heatmap-options';
import { TargetError } from './target-error';

/** Network input pixels to heatmap pixels, along x (axis 0) or y (axis 1). */
export type ToHeatmap = (value: number, axis: 0 | 1) => number;

const { fround } = Math;

/** Divided by the stride, in double precision (deep-high-resolution-net.pytorch lib/dataset/JointsDataset.py). */
export function byStride({ inputSize, heatmapSize }: FrameOptions): ToHeatmap {
  const strides = [inputSize[0] / heatmapSize[0], inputSize[1] / heatmapSize[1]];
  return (value, axis) => value / strides[axis];
}

/** The same in single precision (mmpose codecs/msra_heatmap.py): it decides where a keypoint on a half pixel rounds to. */
export function byFloat32Stride({ inputSize, heatmapSize }: FrameOptions): ToHeatmap {
  const strides = [fround(inputSize[0] / heatmapSize[0]), fround(inputSize[1] / heatmapSize[1])];
  return (value, axis) => fround(fround(value) / strides[axis]);
}

/**
 * Distances between the centres of the outer pixels correspond, not those between the borders of the images
 * (UDP, Huang et al. 2020, section 3; mmpose codecs/udp_heatmap.py), single precision.
 *
 * @throws TargetError when a size is 1
 */
export function byUnbiasedStride({ inputSize, heatmapSize }: FrameOptions): ToHeatmap {
  for (const [name, size] of Object.entries({ inputSize, heatmapSize })) {
    if (size[0] < 2 || size[1] < 2) {
      throw new TargetError(
        `Expected at least 2x2 pixels for ${name}, as UDP needs, but received [${size.join(', ')}]`,
      );
    }
  }
  const strides = [0, 1].map((axis) => fround((inputSize[axis] - 1) / (heatmapSize[axis] - 1)));
  return (value, axis) => fround(fround(value) / strides[axis]);
}
