import { heatmapPanel, VizError } from '../../src';
import { createImage } from '../../src/picture/image';
import { INFERNO } from '../../src/panels/inferno';

const size = [3, 2] as const;
/** Two keypoints on 3x2 pixels, [height, width, K]. */
const hwk = Float32Array.from([0, 0.5, 1, 0, -3, -1, 0.2, 0.3, 0, 0, 7, 0.1]);
const khw = Float32Array.from([0, 1, -3, 0.2, 0, 7, 0.5, 0, -1, 0.3, 0, 0.1]);
const LARGEST = [0.5, 1, 0, 0.3, 0, 1];

test('heatmapPanel() without a crop shows the clamped maximum in inferno, for either layout', () => {
  const panel = heatmapPanel(hwk, { size, keypoints: 2 });
  const expected = LARGEST.flatMap((v) =>
    Array.from(INFERNO.subarray(3 * Math.round(v * 255), 3 * Math.round(v * 255) + 3)),
  );
  expect(Array.from(panel.data)).toEqual(expected);
  expect([panel.width, panel.height]).toEqual([3, 2]);
  expect(heatmapPanel(khw, { size, keypoints: 2, layout: 'khw' })).toEqual(panel);
});

test('heatmapPanel() over a crop has its size; the crop is grey where the heatmaps are zero', () => {
  const crop = createImage(12, 8, [200, 100, 50]);
  const panel = heatmapPanel(new Float32Array(12), { size, keypoints: 2 }, crop);
  const grey = Math.round(0.75 * (0.299 * 200 + 0.587 * 100 + 0.114 * 50));
  expect(panel.data.every((v) => v === grey)).toBe(true);
  expect([panel.width, panel.height]).toEqual([12, 8]);
  const lit = heatmapPanel(hwk, { size, keypoints: 2 }, crop);
  const brightest = 3 * (0 * 12 + 5); // over the second heatmap pixel
  expect(lit.data[brightest]).toBeGreaterThan(200);
  expect(crop).toEqual(createImage(12, 8, [200, 100, 50]));
});

test('INFERNO runs from black to pale yellow with rising brightness', () => {
  expect(INFERNO.length).toBe(768);
  expect(Array.from(INFERNO.subarray(0, 3))).toEqual([0, 0, 4]);
  expect(Array.from(INFERNO.subarray(765))).toEqual([252, 255, 164]);
  const luma = (i: number): number =>
    0.2126 * INFERNO[3 * i] + 0.7152 * INFERNO[3 * i + 1] + 0.0722 * INFERNO[3 * i + 2];
  for (let i = 4; i < 256; i += 4) expect(luma(i)).toBeGreaterThan(luma(i - 4));
});

test('heatmapPanel() throws on bad shapes and values', () => {
  expect(() => heatmapPanel(hwk, { size, keypoints: 3 })).toThrow(
    new VizError('heatmapPanel: expected 3x2x3 = 18 values, found 12'),
  );
  expect(() =>
    heatmapPanel(
      hwk.map((v, i) => (i === 11 ? NaN : v)),
      { size, keypoints: 2 },
    ),
  ).toThrow('heatmapPanel: expected finite values, found NaN at x 2, y 1 of keypoint 1');
  expect(() => heatmapPanel(hwk, { size, keypoints: 2, layout: 'whk' as 'hwk' })).toThrow(VizError);
  expect(() => heatmapPanel(hwk, { size, keypoints: 0 })).toThrow(VizError);
});
