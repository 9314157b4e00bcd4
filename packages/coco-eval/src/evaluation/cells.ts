import { sortByScore } from './sort-by-score';

/**
 * Rows of a table filed by cell. A cell is an image of a category, numbered category * images + image; `rows` from
 * `start[cell]` up to `start[cell + 1]` belong to it.
 */
export interface Cells {
  readonly start: Int32Array;
  readonly rows: Int32Array;
}

/**
 * Files rows by cell in one counting pass; rows of a cell keep their order, rows in cell -1 are left out.
 *
 * @param cellOf    cell of each row
 * @param cellCount number of cells
 */
export function groupByCell(cellOf: Int32Array, cellCount: number): Cells {
  const start = new Int32Array(cellCount + 1);
  for (const cell of cellOf) if (cell >= 0) start[cell + 1]++;
  for (let cell = 0; cell < cellCount; cell++) start[cell + 1] += start[cell];
  const next = start.slice(0, cellCount);
  const rows = new Int32Array(start[cellCount]);
  for (let row = 0; row < cellOf.length; row++) if (cellOf[row] >= 0) rows[next[cellOf[row]]++] = row;
  return { start, rows };
}

/** One cell per image, with the rows of the given categories one after the other (useCats 0). */
export function mergeCategories(cells: Cells, imageCount: number, categories: ArrayLike<number>): Cells {
  const start = new Int32Array(imageCount + 1);
  const rows: number[] = [];
  for (let image = 0; image < imageCount; image++) {
    for (let c = 0; c < categories.length; c++) {
      const cell = categories[c] * imageCount + image;
      for (let at = cells.start[cell]; at < cells.start[cell + 1]; at++) rows.push(cells.rows[at]);
    }
    start[image + 1] = rows.length;
  }
  return { start, rows: Int32Array.from(rows) };
}

/** The detections of each cell by falling score, cut to the best `most`. */
export function bestByScore({ start, rows }: Cells, scores: Float64Array, most: number): Cells {
  const sorted = rows.slice();
  const keptStart = new Int32Array(start.length);
  let end = 0;
  for (let cell = 0; cell + 1 < start.length; cell++) {
    const size = start[cell + 1] - start[cell];
    const kept = Math.min(most, size);
    if (size > 0) {
      const own = sorted.subarray(start[cell], start[cell + 1]);
      sortByScore(own, scores);
      // Never behind what is still to be sorted.
      sorted.set(own.subarray(0, kept), end);
    }
    end += kept;
    keptStart[cell + 1] = end;
  }
  return { start: keptStart, rows: sorted.slice(0, end) };
}
