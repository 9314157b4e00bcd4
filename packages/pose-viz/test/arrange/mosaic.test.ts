import { mosaic, VizError } from '../../src';
import { createImage } from '../../src/picture/image';

const A = createImage(4, 4, [250, 0, 0]);
const B = createImage(4, 4, [0, 250, 0]);
const C = createImage(8, 4, [0, 0, 250]);

test('mosaic() puts pictures in rows, centred in cells of the largest size', () => {
  const out = mosaic([A, B, C], { columns: 2, gap: 3 });
  expect([out.width, out.height]).toEqual([3 + 2 * (8 + 3), 3 + 2 * (4 + 3) + 0]);
  const at = (x: number, y: number): number[] =>
    Array.from(out.data.subarray(3 * (y * out.width + x), 3 * (y * out.width + x) + 3));
  // A cannot grow in height, so that it lies 2 pixels from the left of its cell.
  expect(at(3 + 1, 4)).not.toEqual([250, 0, 0]);
  expect(at(3 + 2, 3)).toEqual([250, 0, 0]);
  expect(at(3 + 5, 6)).toEqual([250, 0, 0]);
  expect(at(3 + 11 + 2, 3)).toEqual([0, 250, 0]);
  expect(at(3, 10)).toEqual([0, 0, 250]);
  expect(at(10, 13)).toEqual([0, 0, 250]);
});

test('mosaic() scales into the cell and keeps the aspect', () => {
  const out = mosaic([C], { columns: 3, cell: [16, 16], gap: 0 });
  expect([out.width, out.height]).toEqual([16, 16]);
  const blue = Array.from({ length: 16 }, (_, y) => out.data[3 * (y * 16 + 8) + 2] > 200);
  expect(blue.indexOf(true)).toBe(4);
  expect(blue.lastIndexOf(true)).toBe(11);
});

test('mosaic() writes captions below the pictures, inside their cell', () => {
  const plain = mosaic([A, B], { columns: 2, cell: [60, 20], captions: ['', ''] });
  const out = mosaic([A, B], {
    columns: 2,
    cell: [60, 20],
    captions: ['one', 'a caption that is far too long for it'],
  });
  expect(plain.height).toBe(out.height);
  const columns = new Set<number>();
  out.data.forEach((v, i) => {
    if (v === plain.data[i]) return;
    const [x, y] = [Math.floor(i / 3) % out.width, Math.floor(i / 3 / out.width)];
    expect(y).toBeGreaterThanOrEqual(6 + 20);
    columns.add(x);
  });
  expect(columns.size).toBeGreaterThan(20);
  expect(Math.max(...columns)).toBeLessThan(6 + 60 + 6 + 60);
});

test('mosaic() throws', () => {
  expect(() => mosaic([], { columns: 2 })).toThrow(new VizError('mosaic: expected at least one image, found none'));
  expect(() => mosaic([A], { columns: 0 })).toThrow(VizError);
  expect(() => mosaic([A, B], { columns: 2, captions: ['x'] })).toThrow('expected 2 captions, one per image, found 1');
  expect(() => mosaic([A, { ...B, width: 5 }], { columns: 2 })).toThrow('mosaic: images[1]: expected image data');
  expect(() => mosaic([A], { columns: 1, gap: -1 })).toThrow(VizError);
});
