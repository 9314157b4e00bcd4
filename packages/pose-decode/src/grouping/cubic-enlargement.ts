/**
 * Taps of cubic interpolation to a whole multiple of the size, pixel centres on pixel centres: pixel d of the enlarged
 * line stands at (d + 0.5) / factor - 0.5 and is made of the four pixels from `first` of its phase on.
 */
interface CubicTaps {
  factor: number;
  /** per phase d mod factor: the first of the four pixels, relative to floor(d / factor); -2 or -1 */
  first: Int32Array;
  /** [factor, 4] */
  weights: Float64Array;
}

/** Keys' cubic with A = -0.75, as OpenCV's INTER_CUBIC has it (modules/imgproc/src/resize.cpp `interpolateCubic`). */
export function cubicTaps(factor: number): CubicTaps {
  const A = -0.75;
  const first = new Int32Array(factor);
  const weights = new Float64Array(factor * 4);
  for (let phase = 0; phase < factor; phase++) {
    const at = (phase + 0.5) / factor - 0.5;
    const base = Math.floor(at);
    const t = at - base;
    const near = (u: number) => ((A + 2) * u - (A + 3)) * u * u + 1;
    const far = (u: number) => ((A * u - 5 * A) * u + 8 * A) * u - 4 * A;
    const [before, left, right] = [far(t + 1), near(t), near(1 - t)];
    first[phase] = base - 1;
    weights.set([before, left, right, 1 - before - left - right], 4 * phase);
  }
  return { factor, first, weights };
}

/**
 * Where an enlarged line reads: for each of its `factor * length` pixels the four pixels that it is made of, those beyond
 * the ends repeated, times `step`.
 */
export function tapOffsets({ factor, first }: CubicTaps, length: number, step: number): Int32Array {
  const offsets = new Int32Array(4 * factor * length);
  for (let pixel = 0, i = 0; pixel < factor * length; pixel++) {
    const phase = pixel % factor;
    const source = (pixel - phase) / factor + first[phase];
    for (let tap = 0; tap < 4; tap++) offsets[i++] = step * Math.min(Math.max(source + tap, 0), length - 1);
  }
  return offsets;
}
