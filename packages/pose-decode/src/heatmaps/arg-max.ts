/**
 * Index of the first maximum of `count` values, `step` apart, or -1 where there is a NaN or nothing above -Infinity.
 * Most values are passed by four at a time; a NaN is not `<=` anything, so that the search for one costs nothing.
 * `| 0` says that places are small whole numbers, which saves the checks for overflow: half of the time.
 */
export function argMax(values: Float32Array | Float64Array, start: number, step: number, count: number): number {
  const end = (start + count * step) | 0;
  const four = (4 * step) | 0;
  let best = -Infinity;
  let at = -1;
  for (let first = start | 0; first < end; first = (first + four) | 0) {
    const second = (first + step) | 0;
    const third = (second + step) | 0;
    const fourth = (third + step) | 0;
    if (
      fourth < end &&
      values[first] <= best &&
      values[second] <= best &&
      values[third] <= best &&
      values[fourth] <= best
    ) {
      continue;
    }
    for (let i = first; i <= fourth && i < end; i = (i + step) | 0) {
      const value = values[i];
      if (!(value <= best)) {
        if (value !== value) return -1;
        best = value;
        at = i;
      }
    }
  }
  return at < 0 ? -1 : (at - start) / step;
}
