import fc from 'fast-check';
import { greedyMatching } from '../../src/linking/greedy-matching';

/** Looks through all that is left for the best pair, again and again. */
function slowGreedyMatching(similarities: number[][], threshold: number): number[] {
  const columnOf = similarities.map(() => -1);
  for (;;) {
    let [best, bestRow, bestColumn] = [threshold, -1, -1];
    similarities.forEach((row, r) =>
      row.forEach((similarity, c) => {
        if (columnOf[r] !== -1 || columnOf.includes(c) || !(similarity > best)) return;
        [best, bestRow, bestColumn] = [similarity, r, c];
      }),
    );
    if (bestRow < 0) return columnOf;
    columnOf[bestRow] = bestColumn;
  }
}

const matrices = fc.tuple(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 6 })).chain(([rows, columns]) => {
  const row = fc.array(fc.integer({ min: 0, max: 8 }), { minLength: columns, maxLength: columns });
  return fc.array(row, { minLength: rows, maxLength: rows });
});

test('greedyMatching(similarities, rows, columns, threshold) equals the slow search, equal similarities included', () => {
  fc.assert(
    fc.property(matrices, fc.integer({ min: -1, max: 8 }), (eighths, threshold) => {
      const similarities = eighths.map((row) => row.map((value) => value / 8));
      const columns = similarities[0]?.length ?? 0;
      const found = greedyMatching(Float64Array.from(similarities.flat()), similarities.length, columns, threshold / 8);
      expect(Array.from(found)).toEqual(slowGreedyMatching(similarities, threshold / 8));
    }),
    { numRuns: 500 },
  );
});

test('greedyMatching(...) takes the best pair though both rows would be served better otherwise', () => {
  expect(Array.from(greedyMatching(Float64Array.of(0.9, 0.8, 0.85, 0.1), 2, 2, 0.3))).toEqual([0, -1]);
});

test('greedyMatching(...) leaves a pair that is exactly at the threshold', () => {
  expect(Array.from(greedyMatching(Float64Array.of(0.5), 1, 1, 0.5))).toEqual([-1]);
});
