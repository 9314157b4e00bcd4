/** One output of a network for a batch. */
export interface Output {
  /** Float32, in C order. */
  values: Float32Array;
  /** [N, height, width, channels] for heatmaps, [N, keypoints, bins] for lines. */
  shape: readonly number[];
}

/** The part of an output that belongs to sample `i`. */
export function sampleOf({ values, shape }: Output, i: number): Float32Array {
  const length = values.length / shape[0];
  return values.subarray(i * length, (i + 1) * length);
}
