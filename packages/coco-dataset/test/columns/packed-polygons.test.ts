import fc from 'fast-check';
import { checkSegmentation } from '../../src/annotation-checks/check-segmentation';
import { PACKED_MARK, packedCapacity, packPolygons, unpackPolygons } from '../../src/columns/packed-polygons';
import { JsonObject } from '../../src/json-object';

/** The polygons after packing and unpacking, or undefined where they are not packed. */
function packed(text: string): number[][] | undefined {
  const bytes = Buffer.from(`]${text},`);
  const into = new Uint8Array(3 + packedCapacity(text.length));
  const end = packPolygons(bytes, 1, bytes.length - 1, into, 3);
  if (end < 0) return undefined;
  expect(end).toBeLessThanOrEqual(into.length);
  expect(into[3]).toBe(PACKED_MARK);
  return unpackPolygons(into.subarray(3, end));
}

test.each(['[[1,2]]', '[ [1.5, -0 ,3,4],\n[5,6] ]'])('%j is polygons', (text) =>
  expect(packed(text)).toEqual(JSON.parse(text)),
);

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
])('%j takes a closer look', (text) => expect(packed(text)).toBeUndefined());

test('a number of a thousand digits takes a closer look', () => {
  expect(packed(`[[1,${'9'.repeat(1000)}]]`)).toBeUndefined();
});

test('what is packed passes the check of segmentations, and unpacks exactly', () => {
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
      const unpacked = packed(text);
      if (!unpacked) return;
      const parsed: unknown = JSON.parse(text);
      expect(checkSegmentation(new JsonObject({ segmentation: parsed }, 'x', 'y'), 'y', 'x')).toEqual(unpacked);
      expect(unpacked).toEqual(parsed);
    }),
    { numRuns: 2000 },
  );
});
