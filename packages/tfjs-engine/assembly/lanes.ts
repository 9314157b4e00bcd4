/** Lanes 0 and 1 of a float32x4 as float64. */
export function low(x: v128): v128 {
  return f64x2.promote_low_f32x4(x);
}

/** Lanes 2 and 3 of a float32x4 as float64. */
export function high(x: v128): v128 {
  return f64x2.promote_low_f32x4(i64x2.shuffle(x, x, 1, 1));
}

/** Stores the first `used` of eight values. */
export function storeRow(target: usize, low: v128, high: v128, used: i32): void {
  if (used >= 8) {
    v128.store(target, low);
    v128.store(target, high, 16);
    return;
  }
  let rest = low;
  let count = used;
  if (used >= 4) {
    v128.store(target, low);
    target += 16;
    rest = high;
    count = used - 4;
  }
  if (count > 0) store<f32>(target, f32x4.extract_lane(rest, 0));
  if (count > 1) store<f32>(target, f32x4.extract_lane(rest, 1), 4);
  if (count > 2) store<f32>(target, f32x4.extract_lane(rest, 2), 8);
}
