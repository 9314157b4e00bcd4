/** The batch that @pose/trainer's `trainStep` takes, as far as it reads it. */
export interface TrainingBatch {
  /** [count, height, width, 3], normalised RGB. */
  input: Float32Array;
  /** [count, heatmap height, heatmap width, keypoints]. */
  targets: Float32Array[];
  /** [count, keypoints]. */
  weight: Float32Array;
  items: { annotationId: number }[];
}

/**
 * Noise, and a peak in the middle of each heatmap: what is in them does not change the time.
 *
 * @param input    [height, width], pixels
 * @param heatmap  [height, width, keypoints]
 */
export function syntheticBatch(
  count: number,
  [height, width]: readonly number[],
  [heatmapHeight, heatmapWidth, keypoints]: readonly number[],
): TrainingBatch {
  const pixels = heatmapHeight * heatmapWidth;
  const middle = Math.floor(heatmapHeight / 2) * heatmapWidth + Math.floor(heatmapWidth / 2);
  const target = new Float32Array(count * pixels * keypoints);
  for (let i = 0; i < count; i++) {
    const start = (i * pixels + middle) * keypoints;
    target.fill(1, start, start + keypoints);
  }
  return {
    input: Float32Array.from({ length: count * height * width * 3 }, (_, i) => 2 * Math.sin(12.9898 * i)),
    targets: [target],
    weight: new Float32Array(count * keypoints).fill(1),
    items: Array.from({ length: count }, (_, annotationId) => ({ annotationId })),
  };
}
