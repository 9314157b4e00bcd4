import { drawBox, VizError, type Image } from '../../src';
import { createImage } from '../../src/picture/image';

test('drawBox() draws the outline and not the inside', () => {
  const image = createImage(40, 30, [50, 50, 50]);
  drawBox(image, [5, 6, 20, 15], { color: [255, 0, 0], lineWidth: 2 });
  const at = (x: number, y: number): number[] =>
    Array.from(image.data.subarray(3 * (40 * y + x), 3 * (40 * y + x) + 3));
  for (const [x, y] of [
    [5, 6],
    [25, 6],
    [25, 21],
    [5, 21],
    [15, 6],
    [5, 14],
  ]) {
    expect(at(x, y)).toEqual([255, 0, 0]);
  }
  expect(at(15, 14)).toEqual([50, 50, 50]);
  expect(at(32, 14)).toEqual([50, 50, 50]);
});

test.each<[string, number[], object]>([
  ['expected [x, y, width, height] with a width and a height above 0, found [1, 2, -3, 4]', [1, 2, -3, 4], {}],
  ['found [1, 2, 3, 0]', [1, 2, 3, 0], {}],
  ['found [1, 2, 3]', [1, 2, 3], {}],
  ['found [1, NaN, 3, 4]', [1, NaN, 3, 4], {}],
  ['expected a positive options.lineWidth, found 0', [1, 2, 3, 4], { lineWidth: 0 }],
  ['options.color: expected a colour', [1, 2, 3, 4], { color: [1, 2, 300] }],
])('drawBox() throws: %s', (message, box, options) => {
  const draw = (): void => drawBox(createImage(9, 9, [0, 0, 0]), box as [number, number, number, number], options);
  expect(draw).toThrow(VizError);
  expect(draw).toThrow(message);
});

test('drawBox() with a label sets it above the box, or inside where the picture ends', () => {
  const red = [255, 0, 0] as const;
  const rows = ({ data, width }: Image, x: number): number[] =>
    Array.from({ length: data.length / 3 / width }, (_, y) => y).filter(
      (y) => data[3 * (y * width + x)] === 255 && data[3 * (y * width + x) + 1] === 0,
    );
  const above = createImage(120, 80, [50, 50, 50]);
  drawBox(above, [10, 30, 90, 40], { color: red, label: 'a', lineWidth: 1 });
  // The plate is 11 rows high and two pixels wider than the text on either side.
  expect(rows(above, 11)).toEqual([19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 70]);
  const inside = createImage(120, 80, [50, 50, 50]);
  drawBox(inside, [10, 4, 90, 60], { color: red, label: 'a', lineWidth: 1 });
  expect(rows(inside, 11)).toEqual([4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 64]);
});

test.each([
  ['white on a dark colour', [60, 0, 90], 255],
  ['black on a bright colour', [250, 240, 120], 0],
])('drawBox() writes its label in %s', (_, color, ink) => {
  const image = createImage(120, 80, [50, 50, 50]);
  drawBox(image, [10, 30, 90, 40], { color: color as [number, number, number], label: 'H' });
  // The left stroke of the H, two pixels from the plate's edge.
  const at = 3 * (24 * 120 + 12);
  expect(Array.from(image.data.subarray(at, at + 3))).toEqual([ink, ink, ink]);
});
