import { gaussianKernel, mapBlur } from './gaussian-blur';
import { type HeatmapShape, type HeatmapSteps, mapStart } from './heatmap-shape';

export interface ModulationOptions extends HeatmapShape {
  /** pixels of the Gaussian blur, odd: 11 for heatmaps of sigma 2, 17 for sigma 3; default 11 */
  blurKernelSize?: number;
}

/** Pixels on each side of the place. */
const REACH = 2;
const SIDE = 2 * REACH + 1;

const { max, min } = Math;

/**
 * DARK's modulation around one place of a map: the map is blurred, zeros outside, scaled to the maximum that it had
 * before (Zhang et al. 2020, eq. 11; mmpose mmpose/codecs/utils/refinement.py), and limited to lowest..highest. The scale
 * takes a blur of the whole map; differences of logarithms do not depend on it, only the limits do, so where none of
 * them matters just the pixels around the place are blurred, and the scale is left out.
 *
 * @returns a function of the map's number, a pixel and the map's maximum: row-major [5, 5] around the pixel, up to one
 *   factor, valid where the map has pixels; none where the blur leaves nothing positive. The array is used again.
 * @throws DecodeError when the kernel's size is not odd
 */
export function modulatedNeighborhood(
  heatmaps: Float32Array,
  steps: HeatmapSteps,
  { blurKernelSize = 11 }: ModulationOptions,
  [lowest, highest]: readonly [lowest: number, highest: number],
): (n: number, x: number, y: number, maximum: number) => Float64Array | undefined {
  const { width, height, perPixel } = steps;
  const blurAround = neighborhoodBlur(heatmaps, steps, gaussianKernel(blurKernelSize));
  const blurMap = mapBlur(width, height, blurKernelSize, 'zero');
  const map = new Float64Array(width * height);

  const scaleOf = (start: number, maximum: number) => {
    for (let i = 0; i < map.length; i++) map[i] = heatmaps[start + i * perPixel];
    blurMap(map);
    let largest = -Infinity;
    for (let i = 0; i < map.length; i++) largest = max(largest, map[i]);
    return maximum / largest;
  };

  return (n, x, y, maximum) => {
    const start = mapStart(n, steps);
    const values = blurAround(start, x, y);
    let least = Infinity;
    for (let row = max(y - REACH, 0); row <= min(y + REACH, height - 1); row++) {
      for (let column = max(x - REACH, 0); column <= min(x + REACH, width - 1); column++) {
        least = min(least, values[(row - y + REACH) * SIDE + column - x + REACH]);
      }
    }
    // A blur lowers the maximum, so the scale is at least 1, but for the rounding of the kernel.
    if (least > lowest * (1 + 1e-6) && maximum <= highest) return values;
    const scale = scaleOf(start, maximum);
    if (!(scale > 0 && scale < Infinity)) return undefined;
    for (let i = 0; i < values.length; i++) values[i] = min(max(values[i] * scale, lowest), highest);
    return values;
  };
}

/** A function that blurs the [5, 5] pixels around (x, y) of the map that begins at `start`, zeros outside of the map. */
function neighborhoodBlur(heatmaps: Float32Array, { width, height, perPixel }: HeatmapSteps, kernel: Float32Array) {
  const reach = REACH + (kernel.length - 1) / 2;
  const rows = SIDE + kernel.length - 1; // and columns, that count
  const line = new Float64Array(rows);
  const across = new Float64Array(rows * SIDE); // the rows blurred along x, column by column
  const blurred = new Float64Array(SIDE * SIDE);
  return (start: number, x: number, y: number): Float64Array => {
    const left = x - reach;
    const top = y - reach;
    const first = max(left, 0);
    const end = min(left + rows, width);
    line.fill(0);
    across.fill(0);
    for (let row = max(top, 0); row < min(top + rows, height); row++) {
      let from = start + (row * width + first) * perPixel;
      for (let column = first; column < end; column++, from += perPixel) line[column - left] = heatmaps[from];
      convolveFive(line, 0, kernel, across, row - top, rows);
    }
    for (let i = 0; i < SIDE; i++) convolveFive(across, i * rows, kernel, blurred, i, SIDE);
    return blurred;
  };
}

/** Five neighbouring places of a line convolved; the results are written `step` apart. */
function convolveFive(
  line: Float64Array,
  start: number,
  kernel: Float32Array,
  into: Float64Array,
  at: number,
  step: number,
): void {
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  let e = 0;
  for (let tap = 0, i = start; tap < kernel.length; tap++, i++) {
    const weight = kernel[tap];
    a += weight * line[i];
    b += weight * line[i + 1];
    c += weight * line[i + 2];
    d += weight * line[i + 3];
    e += weight * line[i + 4];
  }
  into[at] = a;
  into[at + step] = b;
  into[at + 2 * step] = c;
  into[at + 3 * step] = d;
  into[at + 4 * step] = e;
}
