/** y = max(x, 0) over `count` values, NaN where x is NaN; see src/loops/relu.ts. */
export function relu(count: usize, x: usize, y: usize): void {
  const zero = f32x4.splat(0);
  const end = count << 2;
  let i: usize = 0;
  for (; i + 16 <= end; i += 16) v128.store(y + i, f32x4.max(v128.load(x + i), zero));
  for (; i < end; i += 4) store<f32>(y + i, max<f32>(load<f32>(x + i), 0));
}

/** dx = dy where y is positive, else 0, over `count` values; see src/loops/relu.ts. */
export function reluGradient(count: usize, dy: usize, y: usize, dx: usize): void {
  const zero = f32x4.splat(0);
  const end = count << 2;
  let i: usize = 0;
  for (; i + 16 <= end; i += 16) {
    v128.store(dx + i, v128.and(v128.load(dy + i), f32x4.gt(v128.load(y + i), zero)));
  }
  for (; i < end; i += 4) store<f32>(dx + i, load<f32>(y + i) > 0 ? load<f32>(dy + i) : 0);
}
