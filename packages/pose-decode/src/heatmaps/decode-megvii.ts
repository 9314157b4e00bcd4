import { argMax } from './arg-max';
import { mapBlur } from './gaussian-blur';
import { checkHeatmaps, mapStart, stepsOf } from './heatmap-shape';
import { locateMaxima } from './locate-maxima';
import type { ModulationOptions } from './modulated-neighborhood';

const { floor, sign } = Math;

/**
 * Positions of the heatmaps of CPN, MSPN and RSN, whose values go up to 255 (Chen et al. 2018; mmpose
 * mmpose/codecs/megvii_heatmap.py): the first maximum of the map blurred, zeros outside; with 1 < x < width - 1 and
 * 1 < y < height - 1 a quarter pixel from there towards the higher neighbour on each axis, and half a pixel to the right
 * and down. A map without a positive value gives (0, 0).
 *
 * @param heatmaps shape [batch, height, width, K], or [batch, K, height, width] with layout 'khw'
 * @param into     room for the result, to be used again; default a new array
 * @returns shape [batch, K, 3]: x, y in heatmap pixels and the score, the map's maximum / 255 + 0.5
 * @throws DecodeError as `decodeDark`
 */
export function decodeMegvii(heatmaps: Float32Array, options: ModulationOptions, into?: Float32Array): Float32Array {
  const steps = stepsOf(options);
  checkHeatmaps('heatmaps', heatmaps, steps);
  const { width, height, perPixel } = steps;
  const blur = mapBlur(width, height, options.blurKernelSize ?? 11, 'zero');
  const map = new Float64Array(width * height);
  const points = locateMaxima(heatmaps, steps, into);
  for (let n = 0, o = 0; o < points.length; n++, o += 3) {
    const maximum = points[o + 2];
    points[o + 2] = maximum / 255 + 0.5;
    if (!(maximum > 0)) continue;
    const start = mapStart(n, steps);
    for (let i = 0; i < map.length; i++) map[i] = heatmaps[start + i * perPixel];
    blur(map);
    const at = argMax(map, 0, 1, map.length);
    if (!(map[at] > 0)) continue; // blurred away by negative values
    const [x, y] = [at % width, floor(at / width)];
    const isInside = x > 1 && x < width - 1 && y > 1 && y < height - 1;
    points[o] = isInside ? x + sign(map[at + 1] - map[at - 1]) / 4 + 0.5 : x;
    points[o + 1] = isInside ? y + sign(map[at + width] - map[at - width]) / 4 + 0.5 : y;
  }
  return points;
}
