import fc from 'fast-check';
import { checkSegmentation } from '../../src/annotation-checks/check-segmentation';
import { isPolygons } from '../../src/columns/polygon-bytes';
import { JsonObject } from '../../src/json-object';

function accepted(text: string): boolean {
  const bytes = Buffer.from(`]${text},`);
  return isPolygons(bytes, 1, bytes.length - 1);
}

test.each(['[[1,2]]', '[ [1.5, -2 ,3,4],\n[5,6] ]'])('%j is polygons', (text) => expect(accepted(text)).toBe(true));

test.each([
  '[]',
  '[[]]',
  '[[1]]',
  '[[1,2,3]]',
  '[1,2]',
  '[[1,2],3]',
  '[3,[1,2]]',
  '[[[1,2]]]',
  '[["1",2]]',
  '[[1e3,2]]',
  '{}',
  '5',
])('%j takes a closer look', (text) => expect(accepted(text)).toBe(false));

test('a number of a thousand digits takes a closer look', () => {
  expect(accepted(`[[1,${'9'.repeat(1000)}]]`)).toBe(false);
});

test('what is accepted passes the check of segmentations', () => {
  const nested = fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: 'small' },
      fc.integer(),
      fc.double({ noNaN: true }),
      fc.array(tie('value'), { maxLength: 4 }),
    ),
  })).value;
  const lists = fc.array(fc.array(fc.oneof(fc.integer(), fc.double({ noNaN: true })), { maxLength: 6 }), {
    maxLength: 3,
  });
  fc.assert(
    fc.property(fc.oneof(fc.array(nested, { maxLength: 3 }), lists), (segmentation) => {
      const text = JSON.stringify(segmentation);
      if (!accepted(text)) return;
      const parsed: unknown = JSON.parse(text);
      expect(checkSegmentation(new JsonObject({ segmentation: parsed }, 'x', 'y'), 'y', 'x')).toEqual(parsed);
    }),
    { numRuns: 2000 },
  );
});
