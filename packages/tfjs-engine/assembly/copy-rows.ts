/** Copies `count` rows of `size` values that lie `sourceStep` and `targetStep` values apart; see src/loops/copy-rows.ts. */
export function copyRows(
  source: usize,
  sourceStep: usize,
  target: usize,
  targetStep: usize,
  size: usize,
  count: i32,
): void {
  const bytes = size << 2;
  const from = sourceStep << 2;
  const to = targetStep << 2;
  for (let row = 0; row < count; row++, source += from, target += to) {
    let i: usize = 0;
    for (; i + 16 <= bytes; i += 16) v128.store(target + i, v128.load(source + i));
    for (; i < bytes; i += 4) store<f32>(target + i, load<f32>(source + i));
  }
}
