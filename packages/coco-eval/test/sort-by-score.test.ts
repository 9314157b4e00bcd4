import fc from 'fast-check';
import { sortByScore } from '../src/evaluation/sort-by-score';

test('sortByScore sorts as a stable sort does, with any number of rows and many ties', () => {
  const scores = fc.array(fc.constantFrom(-1, -0, 0, 0.25, 0.5, 3), { maxLength: 200 });
  fc.assert(
    fc.property(scores, fc.integer({ min: 0, max: 50 }), (list, offset) => {
      const rows = Int32Array.from(list, (_, i) => (i * 7 + offset) % list.length);
      const unique = Int32Array.from(new Set(rows));
      const expected = [...unique].sort((a, b) => list[b] - list[a]);
      sortByScore(unique, Float64Array.from(list));
      expect([...unique]).toEqual(expected);
    }),
  );
});
