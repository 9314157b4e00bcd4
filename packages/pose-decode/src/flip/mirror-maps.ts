import type { HeatmapSteps } from '../heatmaps/heatmap-shape';

/**
 * Maps mirrored along x, taken from the channels `sources`, one column further to the right where they are shifted; with
 * `straight` the mean of these and the mirrored ones, in float32.
 */
export function mirrorMaps(
  maps: Float32Array,
  into: Float32Array,
  { width, height, batch, perPerson, perKeypoint, perPixel }: HeatmapSteps,
  { sources, shift }: { sources: readonly number[]; shift: boolean },
  straight?: Float32Array,
): Float32Array {
  const columns = Int32Array.from({ length: width }, (_, x) => (width - 1 - (shift && x > 0 ? x - 1 : x)) * perPixel);
  const channels = Int32Array.from(sources, (source) => source * perKeypoint);
  // Neighbours in memory are innermost.
  const [outer, inner, step] = perKeypoint === 1 ? [columns, channels, perPixel] : [channels, columns, perKeypoint];
  for (let person = 0; person < batch; person++) {
    for (let y = 0; y < height; y++) {
      const row = person * perPerson + y * width * perPixel;
      if (straight) averageRow(straight, maps, into, row, outer, step, inner);
      else copyRow(maps, into, row, outer, step, inner);
    }
  }
  return into;
}

// Functions of a row, and `| 0` for small whole numbers, which need no check for overflow: half of the time.

function copyRow(
  maps: Float32Array,
  into: Float32Array,
  row: number,
  outer: Int32Array,
  step: number,
  inner: Int32Array,
): void {
  for (let j = 0; j < outer.length; j++) {
    const to = (row + j * step) | 0;
    const from = (row + outer[j]) | 0;
    for (let i = 0; i < inner.length; i++) into[(to + i) | 0] = maps[(from + inner[i]) | 0];
  }
}

function averageRow(
  straight: Float32Array,
  maps: Float32Array,
  into: Float32Array,
  row: number,
  outer: Int32Array,
  step: number,
  inner: Int32Array,
): void {
  for (let j = 0; j < outer.length; j++) {
    const to = (row + j * step) | 0;
    const from = (row + outer[j]) | 0;
    for (let i = 0; i < inner.length; i++) {
      const o = (to + i) | 0;
      into[o] = (straight[o] + maps[(from + inner[i]) | 0]) * 0.5;
    }
  }
}
