/**
 * Greedy bipartite matching (Xiao et al. 2018, section 3; Girdhar et al. 2018): the most similar pair of all is matched
 * and both leave, then the most similar of the rest, and so on. Of equally similar pairs the first row's comes first, and
 * of a row's the first column's. O(rows x columns x log(rows x columns)).
 *
 * @param similarities flat [rows, columns]
 * @param threshold    a pair is matched only above it
 * @returns for each row the column that it is matched with, or -1
 */
export function greedyMatching(
  similarities: Float64Array,
  rows: number,
  columns: number,
  threshold: number,
): Int32Array {
  const candidates: number[] = [];
  for (let i = 0; i < rows * columns; i++) if (similarities[i] > threshold) candidates.push(i);
  candidates.sort((one, other) => similarities[other] - similarities[one]); // stable: equal ones keep their order

  const columnOf = new Int32Array(rows).fill(-1);
  const taken = new Uint8Array(columns);
  for (const candidate of candidates) {
    const row = Math.floor(candidate / columns);
    const column = candidate % columns;
    if (columnOf[row] >= 0 || taken[column]) continue;
    columnOf[row] = column;
    taken[column] = 1;
  }
  return columnOf;
}
