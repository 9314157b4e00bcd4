/** Rows per strip: their cache lines stay in the first-level cache while the strip is read four columns at a time. */
const STRIP: usize = 16;

/** [rows, columns] to [columns, rows], both float32; see src/loops/transpose.ts. */
export function transpose(source: usize, rows: usize, columns: usize, target: usize): void {
  const inBytes = columns << 2;
  const outBytes = rows << 2;
  for (let r0: usize = 0; r0 < rows; r0 += STRIP) {
    const r1 = min(rows, r0 + STRIP);
    let c: usize = 0;
    for (; c + 4 <= columns; c += 4) {
      let from = source + r0 * inBytes + (c << 2);
      let to = target + c * outBytes + (r0 << 2);
      let r = r0;
      for (; r + 4 <= r1; r += 4) {
        const a = v128.load(from);
        const b = v128.load(from + inBytes);
        const d = v128.load(from + 2 * inBytes);
        const e = v128.load(from + 3 * inBytes);
        const ab0 = i32x4.shuffle(a, b, 0, 4, 1, 5);
        const ab1 = i32x4.shuffle(a, b, 2, 6, 3, 7);
        const de0 = i32x4.shuffle(d, e, 0, 4, 1, 5);
        const de1 = i32x4.shuffle(d, e, 2, 6, 3, 7);
        v128.store(to, i64x2.shuffle(ab0, de0, 0, 2));
        v128.store(to + outBytes, i64x2.shuffle(ab0, de0, 1, 3));
        v128.store(to + 2 * outBytes, i64x2.shuffle(ab1, de1, 0, 2));
        v128.store(to + 3 * outBytes, i64x2.shuffle(ab1, de1, 1, 3));
        from += 4 * inBytes;
        to += 16;
      }
      for (; r < r1; r++, from += inBytes, to += 4) {
        store<f32>(to, load<f32>(from));
        store<f32>(to + outBytes, load<f32>(from, 4));
        store<f32>(to + 2 * outBytes, load<f32>(from, 8));
        store<f32>(to + 3 * outBytes, load<f32>(from, 12));
      }
    }
    for (; c < columns; c++) {
      let from = source + r0 * inBytes + (c << 2);
      let to = target + c * outBytes + (r0 << 2);
      for (let r = r0; r < r1; r++, from += inBytes, to += 4) store<f32>(to, load<f32>(from));
    }
  }
}
