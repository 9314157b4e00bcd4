import { room } from '../room';
import { DecodeError } from '../decode-error';
import { argMax } from './arg-max';
import type { HeatmapSteps } from './heatmap-shape';

/**
 * The pixel and value of each map's first maximum in row-major order, (0, 0) where a map has no positive value
 * (human-pose-estimation.pytorch lib/core/inference.py `get_max_preds`).
 *
 * @returns shape [batch, K, 3]: whole x, y in heatmap pixels and the maximum
 * @throws DecodeError when a map holds NaN or has no finite maximum
 */
export function locateMaxima(
  heatmaps: Float32Array,
  steps: HeatmapSteps,
  into: Float32Array | undefined,
): Float32Array {
  const { width, height, keypoints, batch, perPerson, perKeypoint, perPixel } = steps;
  const points = room(into, batch * keypoints * 3);
  for (let person = 0, o = 0; person < batch; person++) {
    for (let k = 0; k < keypoints; k++, o += 3) {
      const start = person * perPerson + k * perKeypoint;
      const at = argMax(heatmaps, start, perPixel, width * height);
      const maximum = at < 0 ? NaN : heatmaps[start + at * perPixel];
      if (!Number.isFinite(maximum)) {
        const found = at < 0 ? 'NaN, or nothing above -Infinity' : `${maximum} at pixel ${at}`;
        throw new DecodeError(
          `Expected finite heatmaps but the map of keypoint ${k}, batch element ${person}, holds ${found}: has the network diverged?`,
        );
      }
      points[o] = maximum > 0 ? at % width : 0;
      points[o + 1] = maximum > 0 ? Math.floor(at / width) : 0;
      points[o + 2] = maximum;
    }
  }
  return points;
}
