/**
 * Pairs rows with columns, each at most once and as many as there can be, so that the sum of their values is the highest
 * (the Hungarian method with shortest augmenting paths: Jonker and Volgenant 1987). Time grows with the square of the
 * smaller side times the larger.
 *
 * @param values [rows][columns], finite
 * @returns the column of each row, -1 for a row that has none
 */
export function maximumAssignment(values: readonly (readonly number[])[]): Int32Array {
  const rows = values.length;
  const columns = rows === 0 ? 0 : values[0].length;
  if (rows > columns) {
    const ofRow = new Int32Array(rows).fill(-1);
    const transposed = Array.from({ length: columns }, (_, c) => values.map((row) => row[c]));
    maximumAssignment(transposed).forEach((row, c) => (ofRow[row] = c));
    return ofRow;
  }
  const rowOf = new Int32Array(columns).fill(-1);
  const rowPotential = new Float64Array(rows);
  const columnPotential = new Float64Array(columns);
  for (let start = 0; start < rows; start++) {
    // Dijkstra from the new row over reduced costs, until a column is reached that no row has.
    const distance = new Float64Array(columns).fill(Infinity);
    const cameFrom = new Int32Array(columns).fill(-1);
    const done = new Uint8Array(columns);
    let [row, column, length] = [start, -1, 0];
    for (;;) {
      let next = -1;
      for (let c = 0; c < columns; c++) {
        if (done[c] === 1) continue;
        const reach = length - values[row][c] - rowPotential[row] - columnPotential[c];
        if (reach < distance[c]) {
          distance[c] = reach;
          cameFrom[c] = column;
        }
        if (next < 0 || distance[c] < distance[next]) next = c;
      }
      [column, length] = [next, distance[next]];
      done[column] = 1;
      if (rowOf[column] < 0) break;
      row = rowOf[column];
    }
    rowPotential[start] += length;
    for (let c = 0; c < columns; c++) {
      if (done[c] === 0) continue;
      columnPotential[c] += distance[c] - length;
      if (rowOf[c] >= 0) rowPotential[rowOf[c]] += length - distance[c];
    }
    for (; column >= 0; column = cameFrom[column]) {
      rowOf[column] = cameFrom[column] < 0 ? start : rowOf[cameFrom[column]];
    }
  }
  const ofRow = new Int32Array(rows).fill(-1);
  rowOf.forEach((row, c) => {
    if (row >= 0) ofRow[row] = c;
  });
  return ofRow;
}
