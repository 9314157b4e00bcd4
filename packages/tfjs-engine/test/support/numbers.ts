/** The same numbers for the same seed, in [-1, 1) (Marsaglia's xorshift32). */
export function numbers(length: number, seed: number): Float32Array {
  let state = seed * 2654435761 + 1 || 1;
  return Float32Array.from({ length }, () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state / 2 ** 31;
  });
}

/** Largest difference, relative to the largest expected magnitude (at least 1). */
export function deviation(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (actual.length !== expected.length) throw new Error(`${actual.length} numbers, expected ${expected.length}`);
  let largest = 0;
  let scale = 1;
  for (let i = 0; i < expected.length; i++) {
    // NaN must not slip through a comparison.
    const d = Math.abs(actual[i] - expected[i]);
    largest = d <= largest ? largest : d;
    scale = Math.max(scale, Math.abs(expected[i]));
  }
  return largest / scale;
}
