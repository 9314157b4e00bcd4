/** [rows, columns] to [columns, rows] in blocks that stay in the cache. */
export function transpose(source: Float32Array, rows: number, columns: number, target: Float32Array): void {
  const block = 16;
  for (let r0 = 0; r0 < rows; r0 += block) {
    const r1 = Math.min(rows, r0 + block);
    for (let c0 = 0; c0 < columns; c0 += block) {
      const c1 = Math.min(columns, c0 + block);
      for (let c = c0; c < c1; c++) {
        let to = c * rows + r0;
        let from = r0 * columns + c;
        for (let r = r0; r < r1; r++, to++, from += columns) target[to] = source[from];
      }
    }
  }
}
