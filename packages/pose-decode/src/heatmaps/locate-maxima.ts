import { DecodeError } from '../decode-error';
import { room } from '../room';
import { argMax } from './arg-max';
import { argMaxOfBits, argMaxOfNeighbors } from './arg-max-of-bits';
import { type HeatmapSteps, mapStart } from './heatmap-shape';

const { floor } = Math;

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
  const { width, height, keypoints, batch, perPixel } = steps;
  const points = room(into, batch * keypoints * 3);
  const places = placesByBits(heatmaps, steps);
  for (let n = 0, o = 0; o < points.length; n++, o += 3) {
    const start = mapStart(n, steps);
    const at = places[n] < 0 ? argMax(heatmaps, start, perPixel, width * height) : places[n];
    const maximum = at < 0 ? NaN : heatmaps[start + at * perPixel];
    if (!Number.isFinite(maximum)) {
      const found = at < 0 ? 'NaN, or nothing above -Infinity' : `${maximum} at pixel ${at}`;
      throw new DecodeError(
        `Expected finite heatmaps but the map of keypoint ${n % keypoints}, batch element ${floor(n / keypoints)}, holds ${found}: has the network diverged?`,
      );
    }
    points[o] = maximum > 0 ? at % width : 0;
    points[o + 1] = maximum > 0 ? floor(at / width) : 0;
    points[o + 2] = maximum;
  }
  return points;
}

/** The pixel of each map's first maximum, or -1 where the bits do not tell. */
function placesByBits(heatmaps: Float32Array, steps: HeatmapSteps): Int32Array {
  const { width, height, keypoints, batch, perKeypoint, perPixel } = steps;
  const bits = new Int32Array(heatmaps.buffer, heatmaps.byteOffset, heatmaps.length);
  const places = new Int32Array(batch * keypoints);
  const pixels = width * height;
  for (let n = 0; n < places.length; n++) {
    const isPair = perKeypoint === 1 && (n % keypoints) + 1 < keypoints;
    if (isPair) argMaxOfNeighbors(bits, mapStart(n, steps), perPixel, pixels, places, n++);
    else places[n] = argMaxOfBits(bits, mapStart(n, steps), perPixel, pixels);
  }
  return places;
}
