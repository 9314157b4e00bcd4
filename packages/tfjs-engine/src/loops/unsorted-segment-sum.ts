/**
 * The sum of the rows of each segment: the gradient of gathering rows. Rows whose segment is negative are left out.
 *
 * @param x  [segmentIds.length, rowSize]
 * @param sums  [segments, rowSize], overwritten
 */
export function unsortedSegmentSum(
  x: Float32Array,
  segmentIds: ArrayLike<number>,
  rowSize: number,
  sums: Float32Array,
): void {
  sums.fill(0);
  for (let row = 0; row < segmentIds.length; row++) {
    if (segmentIds[row] < 0) continue;
    const to = segmentIds[row] * rowSize;
    for (let i = 0; i < rowSize; i++) sums[to + i] += x[row * rowSize + i];
  }
}
