import { cubicTaps } from './cubic-enlargement';

const { max, min } = Math;

/** Cells around a peak, on each side, that its position is refined with. */
const REACH = 2;
const SIDE = 2 * REACH + 1;
/** Cells that cubic interpolation reads beyond each end of a line: the cell at the end, repeated. */
const PAD = 2;

/** Puts [x, y, score] of the peak in cell (x, y) of the map that begins at `start` into `points` from `to` on. */
type RefinePeak = (start: number, x: number, y: number, points: Float32Array, to: number) => void;

/**
 * The first maximum of the 5x5 cells around a peak (fewer at the border), enlarged `stride` times by cubic interpolation:
 * first along x, then along y. Only those rows of the enlarged cells are computed that may hold the maximum.
 */
export function peakRefinement(
  heatmaps: Float32Array,
  width: number,
  height: number,
  perPixel: number,
  stride: number,
): RefinePeak {
  const { first, weights } = cubicTaps(stride);
  const pitch = SIDE * stride;
  const line = new Float64Array(SIDE + 2 * PAD);
  // rows of cells, enlarged along x, and the largest and the smallest value of each
  const wide = new Float64Array((SIDE + 2 * PAD) * pitch);
  const highest = new Float64Array(SIDE + 2 * PAD);
  const lowest = new Float64Array(SIDE + 2 * PAD);
  const bounds = new Float64Array(pitch); // per enlarged row

  /** Cells from heatmaps[from] on into row `row` of `wide`. */
  function enlargeAlongX(from: number, columns: number, row: number): void {
    for (let i = 0; i < columns; i++) line[PAD + i] = heatmaps[from + i * perPixel];
    line[0] = line[1] = line[PAD];
    line[PAD + columns] = line[PAD + columns + 1] = line[PAD + columns - 1];
    let high = -Infinity;
    let low = Infinity;
    for (let phase = 0; phase < stride; phase++) {
      const t = 4 * phase;
      const w0 = weights[t];
      const w1 = weights[t + 1];
      const w2 = weights[t + 2];
      const w3 = weights[t + 3];
      let o = row * pitch + phase;
      for (let i = PAD + first[phase], end = i + columns; i < end; i++, o += stride) {
        const value = w0 * line[i] + w1 * line[i + 1] + w2 * line[i + 2] + w3 * line[i + 3];
        wide[o] = value;
        if (value > high) high = value;
        if (value < low) low = value;
      }
    }
    highest[row] = high;
    lowest[row] = low;
  }

  function repeatRow(row: number, into: number): void {
    wide.copyWithin(into * pitch, row * pitch, (row + 1) * pitch);
    highest[into] = highest[row];
    lowest[into] = lowest[row];
  }

  /** A number that no value of an enlarged row is above, rounding included: terms and order are those of `rowMaximum`. */
  function rowBound(row: number, phase: number): number {
    let sum = 0;
    for (let tap = 0; tap < 4; tap++) {
      const weight = weights[4 * phase + tap];
      sum += weight * (weight > 0 ? highest[row + tap] : lowest[row + tap]);
    }
    return sum;
  }

  let at = 0; // where `rowMaximum` found it
  function rowMaximum(row: number, phase: number, length: number): number {
    const t = 4 * phase;
    const w0 = weights[t];
    const w1 = weights[t + 1];
    const w2 = weights[t + 2];
    const w3 = weights[t + 3];
    let best = -Infinity;
    for (let i = row * pitch, end = i + length; i < end; i++) {
      const value = w0 * wide[i] + w1 * wide[i + pitch] + w2 * wide[i + 2 * pitch] + w3 * wide[i + 3 * pitch];
      if (value > best) {
        best = value;
        at = i;
      }
    }
    at -= row * pitch;
    return best;
  }

  return (start, x, y, points, to) => {
    const left = max(x - REACH, 0);
    const top = max(y - REACH, 0);
    const columns = min(x + REACH, width - 1) - left + 1;
    const rows = min(y + REACH, height - 1) - top + 1;
    for (let row = 0; row < rows; row++) {
      enlargeAlongX(start + ((top + row) * width + left) * perPixel, columns, PAD + row);
    }
    for (let i = 0; i < PAD; i++) {
      repeatRow(PAD, i);
      repeatRow(PAD + rows - 1, PAD + rows + i);
    }
    let likely = 0;
    for (let row = 0, i = 0; row < rows; row++) {
      for (let phase = 0; phase < stride; phase++, i++) {
        bounds[i] = rowBound(PAD + row + first[phase], phase);
        if (bounds[i] > bounds[likely]) likely = i;
      }
    }
    const phase = likely % stride;
    const reached = rowMaximum(PAD + (likely - phase) / stride + first[phase], phase, columns * stride);
    let best = -Infinity;
    for (let row = 0, i = 0; row < rows; row++) {
      for (let phase = 0; phase < stride; phase++, i++) {
        if (bounds[i] < reached || bounds[i] <= best) continue;
        const value = rowMaximum(PAD + row + first[phase], phase, columns * stride);
        if (value <= best) continue;
        best = value;
        points[to] = left * stride + at;
        points[to + 1] = top * stride + i;
        points[to + 2] = value;
      }
    }
  };
}
