import { drawPeaks, VizError, type Image, type KeypointPeaks, type PeakConnection } from '../../src';
import { createImage } from '../../src/picture/image';
import { SIDE_COLORS } from '../../src/draw/skeleton-colors';

const SKELETON = { keypoints: ['nose', 'left_hip', 'left_knee'], limbs: [[1, 2]] } as const;
/** One nose, two left hips, one left knee. */
const PEAKS: KeypointPeaks = {
  points: Float32Array.from([50, 10, 1, 30, 40, 1, 70, 40, 0.2, 30, 80, 1]),
  starts: Int32Array.from([0, 1, 3, 4]),
};
const GREY = [90, 90, 90] as const;
const grey = (): Image => createImage(100, 100, GREY);
const at = ({ data, width }: Image, x: number, y: number): number[] =>
  Array.from(data.subarray(3 * (y * width + x), 3 * (y * width + x) + 3));

test('drawPeaks() draws each peak in the colour of its side, fainter with a lower score', () => {
  const image = grey();
  drawPeaks(image, PEAKS, SKELETON);
  expect(at(image, 50, 10)).toEqual(SIDE_COLORS.center);
  expect(at(image, 30, 40)).toEqual(SIDE_COLORS.left);
  expect(at(image, 30, 80)).toEqual(SIDE_COLORS.left);
  expect(at(image, 30, 60)).toEqual(GREY);
  const [, , faint] = at(image, 70, 40);
  expect(faint).toBeGreaterThan(100);
  expect(faint).toBeLessThan(200);
});

test('drawPeaks() with connections draws them between their peaks', () => {
  const image = grey();
  drawPeaks(image, PEAKS, SKELETON, [[{ from: 1, to: 3, score: 0.9 }, { from: 2, to: 3, score: 0.1 }]]); // prettier-ignore
  const [sure, doubtful] = [at(image, 30, 60)[2], at(image, 50, 60)[2]];
  expect(sure).toBeGreaterThan(190);
  expect(doubtful).toBeGreaterThan(95);
  expect(doubtful).toBeLessThan(sure - 40);
});

const { points, starts } = PEAKS;
test.each<[string, KeypointPeaks, PeakConnection[][]]>([
  ['expected 4 rising starts from 0 to the number of peaks, 4, found [0, 1, 3]', { points, starts: [0, 1, 3] }, []],
  ['found [0, 3, 1, 4]', { points, starts: [0, 3, 1, 4] }, []],
  ['found [0, 1, 3, 5]', { points, starts: [0, 1, 3, 5] }, []],
  [
    'expected finite numbers for peak 1, found [NaN, 40, 1]',
    { points: Array.from(points, (v, i) => (i === 3 ? NaN : v)), starts },
    [],
  ],
  ['expected connections of 1 limbs, found 2', PEAKS, [[], []]],
  ['expected in connections[0]: two of the 4 peaks and a finite score, found 1, 4, 1', PEAKS, [[{ from: 1, to: 4, score: 1 }]]], // prettier-ignore
  ['a finite score, found 1, 3, NaN', PEAKS, [[{ from: 1, to: 3, score: NaN }]]],
])('drawPeaks() throws: %s, and draws nothing', (message, peaks, connections) => {
  const image = grey();
  const draw = (): void => drawPeaks(image, peaks, SKELETON, connections);
  expect(draw).toThrow(VizError);
  expect(draw).toThrow(message);
  expect(image).toEqual(grey());
});
