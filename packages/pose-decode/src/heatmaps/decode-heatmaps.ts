import { argMax } from './arg-max';
import { DecodeError } from '../decode-error';
import { checkHeatmaps, type HeatmapShape, room, stepsOf } from './heatmap-shape';

export interface DecodeOptions extends HeatmapShape {
  /** 'quarter' moves each position by a quarter pixel towards the higher neighbour; default 'quarter' */
  refine?: 'none' | 'quarter';
}

/**
 * Keypoints from heatmaps: the first maximum of each map in row-major order, moved by 0.25 pixel towards the higher
 * neighbour on each axis (Newell et al. 2016, section 3.2; human-pose-estimation.pytorch lib/core/inference.py
 * `get_max_preds`, `get_final_preds`). As in the references, only positions with 1 < x < width - 1 and
 * 1 < y < height - 1 are moved, equal neighbours move nothing, and a map without a positive value gives (0, 0).
 *
 * @param heatmaps shape [batch, height, width, K], or [batch, K, height, width] with layout 'khw'
 * @param into     room for the result, to be used again; default a new array
 * @returns shape [batch, K, 3]: x, y in heatmap pixels and the score, the map's maximum
 * @throws DecodeError when the length does not fit the shape, or a map holds NaN or has no finite maximum
 */
export function decodeHeatmaps(heatmaps: Float32Array, options: DecodeOptions, into?: Float32Array): Float32Array {
  const { refine = 'quarter' } = options;
  const steps = stepsOf(options);
  checkHeatmaps('heatmaps', heatmaps, steps);
  if (refine !== 'none' && refine !== 'quarter') {
    throw new DecodeError(`Expected refine 'none' or 'quarter' but received '${refine as string}'`);
  }
  const { width, height, keypoints, batch, perPerson, perKeypoint, perPixel } = steps;
  const points = room(into, batch * keypoints * 3);
  const perRow = width * perPixel;
  for (let person = 0, o = 0; person < batch; person++) {
    for (let k = 0; k < keypoints; k++, o += 3) {
      const start = person * perPerson + k * perKeypoint;
      const at = argMax(heatmaps, start, perPixel, width * height);
      const score = at < 0 ? NaN : heatmaps[start + at * perPixel];
      if (!Number.isFinite(score)) {
        const found = at < 0 ? 'NaN, or nothing above -Infinity' : `${score} at pixel ${at}`;
        throw new DecodeError(
          `Expected finite heatmaps but the map of keypoint ${k}, batch element ${person}, holds ${found}`,
        );
      }
      let x = score > 0 ? at % width : 0;
      let y = score > 0 ? Math.floor(at / width) : 0;
      if (refine === 'quarter' && x > 1 && y > 1 && x < width - 1 && y < height - 1) {
        const i = start + at * perPixel;
        x += Math.sign(heatmaps[i + perPixel] - heatmaps[i - perPixel]) / 4;
        y += Math.sign(heatmaps[i + perRow] - heatmaps[i - perRow]) / 4;
      }
      points[o] = x;
      points[o + 1] = y;
      points[o + 2] = score;
    }
  }
  return points;
}
