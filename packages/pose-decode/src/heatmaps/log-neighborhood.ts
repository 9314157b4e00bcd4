import { gaussianKernel, mapBlur } from './gaussian-blur';
import { type HeatmapShape, type HeatmapSteps, mapStart } from './heatmap-shape';

export interface ModulationOptions extends HeatmapShape {
  /** pixels of the Gaussian blur, odd: 11 for heatmaps of sigma 2, 17 for sigma 3; default 11 */
  blurKernelSize?: number;
}

/** Pixels on each side of the place. */
const REACH = 2;
const SIDE = 2 * REACH + 1;

const { log, max, min } = Math;

/**
 * DARK's modulation around one place of a map: the map is blurred, zeros outside, and scaled to the maximum that it had
 * before (Zhang et al. 2020, eq. 11; mmpose mmpose/codecs/utils/refinement.py), limited to lowest..highest, and the
 * logarithm is taken. Differences of logarithms do not depend on the scale, which only the limits see, so as long as
 * no limit matters just the pixels around the place are blurred.
 *
 * @returns a function of the map's number, a pixel and the map's maximum: row-major [5, 5] around the pixel, up to one
 *   constant, valid where the map has pixels; none where the blur leaves nothing positive. The array is used again.
 * @throws DecodeError when the kernel's size is not odd
 */
export function logNeighborhood(
  heatmaps: Float32Array,
  steps: HeatmapSteps,
  { blurKernelSize = 11 }: ModulationOptions,
  lowest: number,
  highest: number,
): (n: number, x: number, y: number, maximum: number) => Float64Array | undefined {
  const { width, height, perPixel } = steps;
  const blurAround = neighborhoodBlur(heatmaps, steps, gaussianKernel(blurKernelSize));
  const blurMap = mapBlur(width, height, blurKernelSize, 'zero');
  const map = new Float64Array(width * height);
  const logs = new Float64Array(SIDE * SIDE);

  const modulation = (start: number, maximum: number) => {
    for (let i = 0; i < map.length; i++) map[i] = heatmaps[start + i * perPixel];
    blurMap(map);
    let largest = -Infinity;
    for (let i = 0; i < map.length; i++) largest = max(largest, map[i]);
    return maximum / largest;
  };

  return (n, x, y, maximum) => {
    const start = mapStart(n, steps);
    const blurred = blurAround(start, x, y);
    let least = Infinity;
    for (let row = max(y - REACH, 0); row <= min(y + REACH, height - 1); row++) {
      for (let column = max(x - REACH, 0); column <= min(x + REACH, width - 1); column++) {
        least = min(least, blurred[(row - y + REACH) * SIDE + column - x + REACH]);
      }
    }
    // A blur lowers the maximum, so the factor is at least 1, but for the rounding of the kernel.
    const isWithin = least > lowest * (1 + 1e-6) && maximum <= highest;
    const factor = isWithin ? 1 : modulation(start, maximum);
    if (!(factor > 0 && factor < Infinity)) return undefined;
    for (let i = 0; i < logs.length; i++) logs[i] = log(min(max(blurred[i] * factor, lowest), highest));
    return logs;
  };
}

/** A function that blurs the [5, 5] pixels around (x, y) of the map that begins at `start`, zeros outside of the map. */
function neighborhoodBlur(heatmaps: Float32Array, { width, height, perPixel }: HeatmapSteps, kernel: Float32Array) {
  const reach = REACH + (kernel.length - 1) / 2;
  const patch = SIDE + kernel.length - 1; // pixels per axis that count
  const line = new Float64Array(patch);
  const across = new Float64Array(patch * SIDE); // the patch's rows, blurred along x
  const blurred = new Float64Array(SIDE * SIDE);
  return (start: number, x: number, y: number): Float64Array => {
    for (let j = 0, row = y - reach; j < patch; j++, row++) {
      if (row < 0 || row >= height) {
        across.fill(0, j * SIDE, (j + 1) * SIDE);
        continue;
      }
      for (let i = 0, column = x - reach; i < patch; i++, column++) {
        line[i] = column < 0 || column >= width ? 0 : heatmaps[start + (row * width + column) * perPixel];
      }
      for (let i = 0; i < SIDE; i++) {
        let sum = 0;
        for (let tap = 0; tap < kernel.length; tap++) sum += kernel[tap] * line[i + tap];
        across[j * SIDE + i] = sum;
      }
    }
    for (let o = 0; o < blurred.length; o++) {
      let sum = 0;
      for (let tap = 0; tap < kernel.length; tap++) sum += kernel[tap] * across[o + tap * SIDE];
      blurred[o] = sum;
    }
    return blurred;
  };
}
