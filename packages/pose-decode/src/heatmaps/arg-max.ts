/**
 * Index of the first maximum of `count` values, `step` apart, or -1 where there is a NaN or nothing above -Infinity.
 * `!(value <= best)` is true for every NaN, so that the search for one costs nothing in ordinary maps.
 */
export function argMax(values: Float32Array | Float64Array, start: number, step: number, count: number): number {
  let best = -Infinity;
  let at = -1;
  for (let place = 0, i = start; place < count; place++, i += step) {
    const value = values[i];
    if (!(value <= best)) {
      if (value !== value) return -1;
      best = value;
      at = place;
    }
  }
  return at;
}
