/**
 * Index of the first maximum of `count` values, `step` apart, or -1 where there is a NaN or nothing above -Infinity.
 * Most values are passed by four at a time; a NaN is not `<=` anything, so that the search for one costs nothing.
 */
export function argMax(values: Float32Array | Float64Array, start: number, step: number, count: number): number {
  const end = start + count * step;
  let best = -Infinity;
  let at = -1;
  for (let first = start; first < end; first += 4 * step) {
    const [second, third, fourth] = [first + step, first + 2 * step, first + 3 * step];
    if (
      fourth < end &&
      values[first] <= best &&
      values[second] <= best &&
      values[third] <= best &&
      values[fourth] <= best
    ) {
      continue;
    }
    for (let i = first; i <= fourth && i < end; i += step) {
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
