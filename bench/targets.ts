import { gaussianHeatmaps } from '@pose/heatmap-targets';
import { measure } from './shared';

export interface TargetResult {
  milliseconds: number;
  heatmapSize: [width: number, height: number];
  keypoints: number;
  runs: number;
}

const KEYPOINTS = 17;
const PEOPLE = 500;

/** Gaussian heatmaps (sigma 2) of people with all keypoints labelled, into buffers that are used again; per person. */
export async function measureTargets(input: [height: number, width: number], seconds: number): Promise<TargetResult> {
  const [height, width] = input;
  const heatmapSize: [number, number] = [width / 4, height / 4];
  const into = {
    heatmaps: new Float32Array(heatmapSize[0] * heatmapSize[1] * KEYPOINTS),
    weights: new Float32Array(KEYPOINTS),
  };
  const people = Array.from({ length: PEOPLE }, (_, person) =>
    Float32Array.from({ length: 3 * KEYPOINTS }, (_, i) => {
      if (i % 3 === 2) return 2;
      const fraction = (0.618034 * (51 * person + i)) % 1; // spread evenly over the crop
      return fraction * (i % 3 === 0 ? width : height);
    }),
  );
  const timing = await measure(seconds, () => {
    for (const keypoints of people) gaussianHeatmaps(keypoints, { inputSize: [width, height], heatmapSize }, into);
  });
  return { milliseconds: (1000 * timing.seconds) / PEOPLE, heatmapSize, keypoints: KEYPOINTS, runs: timing.runs };
}
