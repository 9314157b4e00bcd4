import { beforeAfter, mosaic, VizError } from '../../src';
import { createImage } from '../../src/picture/image';

const RED = [250, 0, 0] as const;
const BLUE = [0, 0, 250] as const;
const before = createImage(100, 60, RED);
const after = createImage(100, 60, BLUE);
const at = ({ data, width }: typeof before, x: number, y: number): number[] =>
  Array.from(data.subarray(3 * (y * width + x), 3 * (y * width + x) + 3));

test('beforeAfter() sets the pictures side by side, with captions', () => {
  expect(beforeAfter(before, after)).toEqual(mosaic([before, after], { columns: 2, captions: ['before', 'after'] }));
  const captions = ['no NMS', 'NMS'] as const;
  expect(beforeAfter(before, after, { captions })).toEqual(mosaic([before, after], { columns: 2, captions }));
});

test('beforeAfter() with a split shows before on the left of a line, and leaves both as they were', () => {
  const both = beforeAfter(before, after, { split: 0.3 });
  expect([both.width, both.height]).toEqual([100, 60]);
  expect(at(both, 0, 40)).toEqual(RED);
  expect(at(both, 27, 40)).toEqual(RED);
  expect(at(both, 29, 40)).toEqual([255, 255, 255]);
  expect(at(both, 30, 40)).toEqual([255, 255, 255]);
  expect(at(both, 32, 40)).toEqual(BLUE);
  expect(at(both, 99, 59)).toEqual(BLUE);
  expect(at(both, 32, 0)).toEqual([255, 255, 255]); // the plate of the caption
  expect(before).toEqual(createImage(100, 60, RED));
  expect(after).toEqual(createImage(100, 60, BLUE));
});

test('beforeAfter() with a split of 0 and 1 shows one of them alone', () => {
  expect(at(beforeAfter(before, after, { split: 0 }), 3, 40)).toEqual(BLUE);
  expect(at(beforeAfter(before, after, { split: 1 }), 96, 40)).toEqual(RED);
});

test.each<[string, () => unknown]>([
  ['two images of one size, found 100x60 and 60x100', () => beforeAfter(before, createImage(60, 100, BLUE))],
  ['options.split of 0..1, found 1.2', () => beforeAfter(before, after, { split: 1.2 })],
  ['options.split of 0..1, found NaN', () => beforeAfter(before, after, { split: NaN })],
  ['two captions, found 1', () => beforeAfter(before, after, { captions: ['a'] as unknown as [string, string] })],
  ['before: expected image data of', () => beforeAfter({ ...before, data: new Uint8Array(2) }, after)],
])('beforeAfter() throws: expected %s', (message, call) => {
  expect(call).toThrow(VizError);
  expect(call).toThrow(message);
});
