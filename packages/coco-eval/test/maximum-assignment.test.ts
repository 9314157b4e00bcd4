import fc from 'fast-check';
import { maximumAssignment } from '../src/analysis/maximum-assignment';
import { bestPairs } from './slow-error-analysis';

test('maximumAssignment reaches the sum of the best of all assignments, and pairs as many as it can', () => {
  const sizes = fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 }));
  const matrices = sizes.chain(([rows, columns]) =>
    fc.array(fc.array(fc.integer({ min: 0, max: 20 }), { minLength: columns, maxLength: columns }), {
      minLength: rows,
      maxLength: rows,
    }),
  );
  fc.assert(
    fc.property(matrices, (values) => {
      const ofRow = Array.from(maximumAssignment(values));
      const paired = ofRow.filter((column) => column >= 0);
      expect(paired).toHaveLength(Math.min(values.length, values[0].length));
      expect(new Set(paired).size).toBe(paired.length);
      const sum = ofRow.reduce((total, column, row) => total + (column < 0 ? 0 : values[row][column]), 0);
      expect(sum).toBe(bestPairs(values).sum);
    }),
    { numRuns: 300 },
  );
});

test('maximumAssignment gives up a best pair where the others gain more', () => {
  expect(Array.from(maximumAssignment([[0.9, 0.8], [0.85, 0.1]]))).toEqual([1, 0]); // prettier-ignore
  expect(Array.from(maximumAssignment([[0.2], [0.7], [0.5]]))).toEqual([-1, 0, -1]);
  expect(Array.from(maximumAssignment([]))).toEqual([]);
});
