import fc from 'fast-check';
import { DatasetError } from '../../src/dataset-error';
import { decodeRle } from '../../src/regions/decode-rle';
import { rasterizeRegions } from '../../src/regions/rasterize-regions';

/** Compresses runs as cocoapi's maskApi.c `rleToString` describes it. */
function compress(runs: readonly number[]): string {
  let text = '';
  runs.forEach((run, i) => {
    let value = i > 2 ? run - runs[i - 2] : run;
    let more = true;
    while (more) {
      const bits = value & 31;
      value >>= 5;
      more = (bits & 16) !== 0 ? value !== -1 : value !== 0;
      text += String.fromCharCode((more ? bits | 32 : bits) + 48);
    }
  });
  return text;
}

// Written by pycocotools.mask.encode.
test('decodeRle(size, counts) reads what pycocotools writes', () => {
  const runs = decodeRle([7, 9], '01>3ENNO2300c0M', 'mask');
  const mask = rasterizeRegions([{ kind: 'mask', size: [9, 7], runs }], [9, 7]);
  const rows = Array.from({ length: 7 }, (_, y) => mask.subarray(9 * y, 9 * y + 9).join(''));
  expect(rows).toEqual(['100000000', '001111000', '001111000', '001011000', '001111000', '000000000', '000000001']);
  const bars = decodeRle([40, 30], '54d8000cN\\2>dMbJ', 'mask');
  expect(bars.filter((_, i) => i % 2 === 1).reduce((sum, run) => sum + run, 0)).toBe(2 * 40 + 4 * 5 - 4);
});

test('decodeRle(size, counts) takes runs as they are', () => {
  expect(decodeRle([3, 2], [1, 2, 3], 'mask')).toEqual([1, 2, 3]);
  expect(decodeRle([3, 2], [0, 6], 'mask')).toEqual([0, 6]);
});

test('compressed runs come back, whatever they are', () => {
  const run = fc.oneof(fc.nat(40), fc.nat(200_000));
  fc.assert(
    fc.property(fc.array(run, { minLength: 1, maxLength: 20 }), (runs) => {
      const total = runs.reduce((sum, each) => sum + each, 0);
      expect(decodeRle([total, 1], compress(runs), 'mask')).toEqual(runs);
    }),
    { numRuns: 500 },
  );
});

test.each<[string, number[] | string, string]>([
  ['too few pixels', [1, 2], 'expected runs over 3 x 2 (height x width) = 6 pixels, found 3'],
  ['a negative run', [8, -2], 'expected runs of 0 or more pixels, found -2 as run number 2'],
  ['part of a pixel', [5.5, 0.5], 'expected runs of 0 or more pixels, found 5.5 as run number 1'],
  ['other characters', '1 ', 'expected a compressed run-length mask, found " " at character 1'],
  ['a cut-off text', '1`', 'expected a whole run at the end, found a text that is cut off'],
  ['an endless run', 'ooooooo', 'expected a compressed run-length mask, found "o" at character 6'],
  [
    'a compressed negative run',
    compress([3, 4, 1, 2]).slice(0, -1) + 'J',
    'expected runs of 0 or more pixels, found -2',
  ],
])('%s is refused', (_, counts, message) => {
  const decode = () => decodeRle([3, 2], counts, 'a.json: annotation 7: segmentation');
  expect(decode).toThrow(DatasetError);
  expect(decode).toThrow(`a.json: annotation 7: segmentation: counts: ${message}`);
});
