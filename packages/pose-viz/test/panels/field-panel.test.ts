import { fieldPanel, VizError } from '../../src';
import { createImage } from '../../src/picture/image';

const size = [2, 1] as const;
/** Two fields on 2x1 pixels: the longer vector of the first pixel points right, that of the second down. */
const vectors = Float32Array.from([1, 0, 0, 0.5, 0.1, 0, 0, 1]);

test('fieldPanel() shows the longest vector, its direction as hue', () => {
  const { data } = fieldPanel(vectors, { size, fields: 2 });
  const [right, down] = [data.subarray(0, 3), data.subarray(3)];
  expect(right[0]).toBeGreaterThan(200); // red
  expect(right[1]).toBeLessThan(100);
  expect(right[1]).toBe(right[2]);
  expect(down[1]).toBeGreaterThan(200); // yellow-green
  expect(down[1]).toBeGreaterThan(down[0]);
  expect(down[0]).toBeGreaterThan(down[2]);
});

test('fieldPanel() shows opposite directions in opposite colours, and length as brightness', () => {
  const pixel = (x: number, y: number) => Array.from(fieldPanel([x, y], { size: [1, 1], fields: 1 }).data);
  pixel(-1, 0).forEach((value, c) => expect(Math.abs(value + pixel(1, 0)[c] - 0.9 * 255)).toBeLessThanOrEqual(1));
  pixel(0.5, 0).forEach((value, c) => expect(Math.abs(2 * value - pixel(1, 0)[c])).toBeLessThanOrEqual(1));
  expect(pixel(3, 0)).toEqual(pixel(1, 0));
  expect(pixel(0, 0)).toEqual([0, 0, 0]);
});

test('fieldPanel() over a crop has its size; the crop is grey where there is no field', () => {
  const crop = createImage(8, 4, [200, 100, 50]);
  const panel = fieldPanel(new Float32Array(8), { size, fields: 2 }, crop);
  const grey = Math.round(0.75 * (0.299 * 200 + 0.587 * 100 + 0.114 * 50));
  expect(panel.data.every((value) => value === grey)).toBe(true);
  expect([panel.width, panel.height]).toEqual([8, 4]);
});

test('fieldPanel() throws on bad shapes and values', () => {
  expect(() => fieldPanel(vectors, { size, fields: 3 })).toThrow(
    new VizError('fieldPanel: expected 2x1x6 = 12 values, found 8'),
  );
  expect(() => fieldPanel([1, 0, 0, NaN], { size: [2, 1], fields: 1 })).toThrow(
    'fieldPanel: expected finite values, found (0, NaN) at x 1, y 0 of field 0',
  );
  expect(() => fieldPanel(vectors, { size, fields: 0 })).toThrow(VizError);
  expect(() => fieldPanel(vectors, { size: [0, 1], fields: 1 })).toThrow(VizError);
});
