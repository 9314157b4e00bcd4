import { DecodeError, heatmapToBox } from '../../src';

const heatmapSize = [48, 64] as const;

test('heatmapToBox(points, { box, heatmapSize }, into) scales each axis by itself; scores stay; works in place', () => {
  const points = Float32Array.of(0, 0, 0.5, 24, 16, 1);
  expect(Array.from(heatmapToBox(points, { box: [10, 20, 96, 64], heatmapSize }))).toEqual([10, 20, 0.5, 58, 36, 1]);
  expect(heatmapToBox(points, { box: [0, 0, 48, 64], heatmapSize }, points)).toBe(points);
  expect(Array.from(points)).toEqual([0, 0, 0.5, 24, 16, 1]);
});

test('heatmapToBox refuses boxes without a size and points that are no triplets', () => {
  const points = Float32Array.of(1, 2, 3);
  expect(() => heatmapToBox(points, { box: [0, 0, 0, 64], heatmapSize })).toThrow(
    'Expected a box [x, y, width, height] with a positive size but received [0, 0, 0, 64]',
  );
  expect(() => heatmapToBox(points, { box: [0, NaN, 4, 4], heatmapSize })).toThrow(DecodeError);
  expect(() => heatmapToBox(points.subarray(1), { box: [0, 0, 4, 4], heatmapSize })).toThrow('but received 2 numbers');
  expect(() => heatmapToBox(points, { box: [0, 0, 4, 4], heatmapSize: [48, 0] })).toThrow('for heatmapSize[1]');
});
