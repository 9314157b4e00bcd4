import { fieldGrid, fieldPanel, mosaic, VizError } from '../../src';
import { createImage } from '../../src/picture/image';

const size = [3, 2] as const;
const names = ['thigh', 'shin'];
/** Two fields on 3x2 pixels, [height, width, 4]. */
const vectors = Float32Array.from({ length: 24 }, (_, i) => Math.sin(5 * i));
const crop = createImage(60, 40, [200, 100, 50]);

test('fieldGrid() is a mosaic of one panel for each field, with its name', () => {
  const panels = [0, 1].map((field) =>
    fieldPanel(
      vectors.filter((_, i) => Math.floor((i % 4) / 2) === field),
      { size, fields: 1 },
      crop,
    ),
  );
  const grid = fieldGrid(vectors, { size, fields: 2, names, columns: 1 }, crop);
  expect(grid).toEqual(mosaic(panels, { columns: 1, captions: names }));
});

test.each<[string, () => unknown]>([
  ['expected 3x2x6 = 36 values, found 24', () => fieldGrid(vectors, { size, fields: 3, names })],
  ['expected 2 options.names, one per field, found 1', () => fieldGrid(vectors, { size, fields: 2, names: ['a'] })],
  [
    'found (Infinity, ',
    () =>
      fieldGrid(
        vectors.map((v, i) => (i === 6 ? Infinity : v)),
        { size, fields: 2, names },
      ),
  ],
  [
    'at x 1, y 0 of field 1 (shin)',
    () =>
      fieldGrid(
        vectors.map((v, i) => (i === 6 ? NaN : v)),
        { size, fields: 2, names },
      ),
  ],
])('fieldGrid() throws: %s', (message, call) => {
  expect(call).toThrow(VizError);
  expect(call).toThrow(message);
});
