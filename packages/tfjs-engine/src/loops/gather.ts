export interface GatherGeometry {
  batches: number;
  /** Rows are gathered anew for each of these. */
  outer: number;
  /** Rows to choose from, and values of a row. */
  rows: number;
  rowSize: number;
}

/**
 * Rows by their indices.
 *
 * @param x  [batches, outer, rows, rowSize]
 * @param indices  [batches, count]
 * @param target  [batches, outer, count, rowSize]
 */
export function gather(x: Float32Array, indices: ArrayLike<number>, g: GatherGeometry, target: Float32Array): void {
  const count = indices.length / g.batches;
  let to = 0;
  for (let n = 0; n < g.batches; n++) {
    for (let o = 0; o < g.outer; o++) {
      for (let i = 0; i < count; i++, to += g.rowSize) {
        const from = ((n * g.outer + o) * g.rows + indices[n * count + i]) * g.rowSize;
        for (let c = 0; c < g.rowSize; c++) target[to + c] = x[from + c];
      }
    }
  }
}
