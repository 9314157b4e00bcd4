/**
 * Taps of cubic interpolation to a whole multiple of the size, pixel centres on pixel centres: pixel d of the enlarged
 * line stands at (d + 0.5) / factor - 0.5 and is made of the four pixels from `first` of its phase on.
 */
export interface CubicTaps {
  factor: number;
  /** per phase d mod factor: the first of the four pixels, relative to floor(d / factor) */
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

/** One pixel (x, y) of a map enlarged; the map's value (column, row) is `from[start + (row * width + column) * step]`. */
export function enlargedPixel(
  { factor, first, weights }: CubicTaps,
  from: Float32Array,
  start: number,
  step: number,
  width: number,
  height: number,
  x: number,
  y: number,
): number {
  const [phaseX, phaseY] = [x % factor, y % factor];
  const left = (x - phaseX) / factor + first[phaseX];
  const top = (y - phaseY) / factor + first[phaseY];
  let sum = 0;
  for (let j = 0; j < 4; j++) {
    const row = top + j < 0 ? 0 : top + j >= height ? height - 1 : top + j;
    let line = 0;
    for (let i = 0; i < 4; i++) {
      const column = left + i < 0 ? 0 : left + i >= width ? width - 1 : left + i;
      line += weights[4 * phaseX + i] * from[start + (row * width + column) * step];
    }
    sum += weights[4 * phaseY + j] * line;
  }
  return sum;
}
