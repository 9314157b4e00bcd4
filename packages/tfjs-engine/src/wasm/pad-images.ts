import type { TensorInfo } from '@tensorflow/tfjs-core';
import { heapLoops } from './simd/heap-loops';
import { allocate, view, type BackendWasm } from './wasm-backend';

export interface Padding {
  top: number;
  bottom: number;
  left: number;
  right: number;
}

/** Images [N, H, W, C] with zeros around them: a new tensor, or the given one where there is nothing to add. */
export function padImages(x: TensorInfo, { top, bottom, left, right }: Padding, backend: BackendWasm): TensorInfo {
  if (top + bottom + left + right === 0) return x;
  const [images, height, width, channels] = x.shape;
  const padded = allocate(backend, [images, height + top + bottom, width + left + right, channels]);
  view(backend, padded).fill(0);
  const grid = {
    images,
    height,
    width,
    channels,
    sourceHeight: height,
    sourceWidth: width,
    skipY: 0,
    skipX: 0,
    targetHeight: padded.shape[1],
    targetWidth: padded.shape[2],
    firstY: top,
    firstX: left,
    strideY: 1,
    strideX: 1,
  };
  heapLoops(backend).copyPhase(x, grid, padded);
  return padded;
}
