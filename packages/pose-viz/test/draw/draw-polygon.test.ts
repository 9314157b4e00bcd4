import { drawBox, drawPolygon, VizError } from '../../src';
import { createImage } from '../../src/picture/image';

test('drawPolygon() draws a closed outline: that of a box is the box', () => {
  const [polygon, box] = [createImage(40, 30, [50, 50, 50]), createImage(40, 30, [50, 50, 50])];
  drawPolygon(polygon, [5, 6, 25, 6, 25, 21, 5, 21], { color: [255, 0, 0], lineWidth: 2 });
  drawBox(box, [5, 6, 20, 15], { color: [255, 0, 0], lineWidth: 2 });
  expect(polygon).toEqual(box);
  expect(Array.from(polygon.data.subarray(3 * (40 * 14 + 5), 3 * (40 * 14 + 6)))).toEqual([255, 0, 0]);
});

test('drawPolygon() throws on bad corners and options', () => {
  const draw =
    (corners: number[], options = {}) =>
    () =>
      drawPolygon(createImage(9, 9, [0, 0, 0]), corners, options);
  expect(draw([1, 2, 3])).toThrow(new VizError('drawPolygon: expected corners [x, y, x, y, ...], found [1, 2, 3]'));
  expect(draw([1, 2])).toThrow(VizError);
  expect(draw([1, NaN, 3, 4])).toThrow('found [1, NaN, 3, 4]');
  expect(draw([1, 2, 3, 4], { lineWidth: 0 })).toThrow('drawPolygon: expected a positive options.lineWidth, found 0');
});
