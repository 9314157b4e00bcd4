import { heatmapGrid, heatmapPanel, mosaic, VizError } from '../../src';
import { textWidth } from '../../src/draw/draw-text';
import { createImage } from '../../src/picture/image';

const size = [3, 2] as const;
const names = ['nose', 'hip', 'toe'];
/** Three keypoints on 3x2 pixels. */
const khw = Float32Array.from([0, 1, -3, 0.2, 0, 7, 0.5, 0, -1, 0.3, 0, 0.1, 0, 0, 0, 0.25, 0, 0]);
const hwk = Float32Array.from({ length: 18 }, (_, i) => khw[(i % 3) * 6 + Math.floor(i / 3)]);
const crop = createImage(60, 40, [200, 100, 50]);

test('heatmapGrid() is a mosaic of one panel for each keypoint, with its name and largest value', () => {
  const panels = [0, 1, 2].map((k) =>
    heatmapPanel(khw.subarray(6 * k, 6 * k + 6), { size, keypoints: 1, layout: 'khw' }, crop),
  );
  const expected = mosaic(panels, { columns: 2, captions: ['nose 7.00', 'hip 0.50', 'toe 0.25'] });
  expect(heatmapGrid(hwk, { size, keypoints: 3, names }, crop)).toEqual(expected);
  expect(heatmapGrid(khw, { size, keypoints: 3, names, layout: 'khw' }, crop)).toEqual(expected);
});

test('heatmapGrid() enlarges panels that are narrower than their captions', () => {
  const grid = heatmapGrid(hwk, { size, keypoints: 3, names, columns: 3 });
  const times = Math.ceil(textWidth('nose 7.00', 1) / size[0]);
  expect(times).toBeGreaterThan(10);
  expect([grid.width, grid.height]).toEqual([6 + 3 * (3 * times + 6), 6 + 2 * times + 14 + 6]);
});

test.each<[string, () => unknown]>([
  ['expected 3x2x4 = 24 values, found 18', () => heatmapGrid(hwk, { size, keypoints: 4, names })],
  [
    'expected 3 options.names, one per keypoint, found 2',
    () => heatmapGrid(hwk, { size, keypoints: 3, names: ['a', 'b'] }),
  ],
  [
    'found NaN at x 1, y 0 of keypoint 2 (toe)',
    () =>
      heatmapGrid(
        khw.map((v, i) => (i === 13 ? NaN : v)),
        { size, keypoints: 3, names, layout: 'khw' },
      ),
  ],
])('heatmapGrid() throws: %s', (message, call) => {
  expect(call).toThrow(VizError);
  expect(call).toThrow(message);
});
