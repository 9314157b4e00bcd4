/** Copies `count` rows of `size` values that lie `sourceStep` and `targetStep` values apart. */
export function copyRows(
  source: Float32Array,
  sourceStep: number,
  target: Float32Array,
  targetStep: number,
  size: number,
  count: number,
): void {
  for (let row = 0; row < count; row++) {
    const from = row * sourceStep;
    const to = row * targetStep;
    for (let i = 0; i < size; i++) target[to + i] = source[from + i];
  }
}
