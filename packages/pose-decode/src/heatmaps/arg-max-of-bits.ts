/**
 * Arg-max of float32 values by their bits, which for positive numbers are whole numbers in the same order: half of the
 * time of comparing floats. Eight values are looked at together, most of them for good, and `| 0` says that places are
 * small whole numbers, which saves the checks for overflow.
 *
 * The bits decide where there is a positive value and all are between -2 and 2, as in heatmaps; else, and so for NaN and
 * Infinity, the answer is -1: undecided.
 */

/** Set in the exponent of all that is 2 or larger, Infinity and NaN included. */
const TWO = 0x40000000;

/** Index of the first maximum of `count` values, `step` apart, or -1. */
export function argMaxOfBits(bits: Int32Array, start: number, step: number, count: number): number {
  const end = (start + count * step) | 0;
  const four = (4 * step) | 0;
  const eight = (8 * step) | 0;
  let best = 0;
  let at = -1;
  let seen = 0;
  for (let i = start | 0; i < end; i = (i + eight) | 0) {
    const i1 = (i + step) | 0;
    const i2 = (i1 + step) | 0;
    const i3 = (i2 + step) | 0;
    const last = (i3 + four) | 0;
    if (last < end) {
      const a = bits[i];
      const b = bits[i1];
      const c = bits[i2];
      const d = bits[i3];
      const e = bits[(i + four) | 0];
      const f = bits[(i1 + four) | 0];
      const g = bits[(i2 + four) | 0];
      const h = bits[last];
      seen |= a | b | c | d | e | f | g | h;
      if (a <= best && b <= best && c <= best && d <= best && e <= best && f <= best && g <= best && h <= best)
        continue;
    }
    for (let j = i; j <= last && j < end; j = (j + step) | 0) {
      const value = bits[j];
      seen |= value;
      if (value > best) {
        best = value;
        at = j;
      }
    }
  }
  return at < 0 || (seen & TWO) !== 0 ? -1 : (at - start) / step;
}

/** The same of two lists at once, of which the second lies one place after the first; into places[n] and places[n + 1]. */
export function argMaxOfNeighbors(
  bits: Int32Array,
  start: number,
  step: number,
  count: number,
  places: Int32Array,
  n: number,
): void {
  const end = (start + count * step) | 0;
  const four = (4 * step) | 0;
  let best = 0;
  let at = -1;
  let bestNext = 0;
  let atNext = -1;
  let seen = 0;
  for (let i = start | 0; i < end; i = (i + four) | 0) {
    const i1 = (i + step) | 0;
    const i2 = (i1 + step) | 0;
    const last = (i2 + step) | 0;
    if (last < end) {
      const a = bits[i];
      const b = bits[i1];
      const c = bits[i2];
      const d = bits[last];
      const e = bits[(i + 1) | 0];
      const f = bits[(i1 + 1) | 0];
      const g = bits[(i2 + 1) | 0];
      const h = bits[(last + 1) | 0];
      seen |= a | b | c | d | e | f | g | h;
      const isBelow = a <= best && b <= best && c <= best && d <= best;
      if (isBelow && e <= bestNext && f <= bestNext && g <= bestNext && h <= bestNext) continue;
    }
    for (let j = i; j <= last && j < end; j = (j + step) | 0) {
      const value = bits[j];
      const next = bits[(j + 1) | 0];
      seen |= value | next;
      if (value > best) {
        best = value;
        at = j;
      }
      if (next > bestNext) {
        bestNext = next;
        atNext = j;
      }
    }
  }
  const isDecided = (seen & TWO) === 0;
  places[n] = isDecided && at >= 0 ? (at - start) / step : -1;
  places[n + 1] = isDecided && atNext >= 0 ? (atNext - start) / step : -1;
}
