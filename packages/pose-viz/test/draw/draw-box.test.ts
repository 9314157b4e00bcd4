import { drawBox, VizError } from '../../src';
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
  ['expected [x, y, width, height], found [1, 2, -3, 4]', [1, 2, -3, 4], {}],
  ['found [1, 2, 3]', [1, 2, 3], {}],
  ['found [1, NaN, 3, 4]', [1, NaN, 3, 4], {}],
  ['expected a positive options.lineWidth, found 0', [1, 2, 3, 4], { lineWidth: 0 }],
  ['options.color: expected a colour', [1, 2, 3, 4], { color: [1, 2, 300] }],
])('drawBox() throws: %s', (message, box, options) => {
  const draw = (): void => drawBox(createImage(9, 9, [0, 0, 0]), box as [number, number, number, number], options);
  expect(draw).toThrow(VizError);
  expect(draw).toThrow(message);
});
