import { drawPose, VizError } from '../../src';
import type { Image, Skeleton } from '../../src';
import { createImage } from '../../src/picture/image';
import { limbSide, SIDE_COLORS, sideOf } from '../../src/draw/skeleton-colors';

const SKELETON: Skeleton = {
  keypoints: ['nose', 'left_hip', 'right_hip', 'left_knee', 'right_knee'],
  limbs: [
    [1, 2],
    [1, 3],
    [2, 4],
  ],
};

const GREY = [90, 90, 90] as const;
const at = ({ data, width }: Image, x: number, y: number): number[] =>
  Array.from(data.subarray(3 * (y * width + x), 3 * (y * width + x) + 3));
const changed = (image: Image): number => image.data.filter((v) => v !== 90).length;
/** The person's left is at the image's right. */
const person = (scale: number, v = 2): number[] =>
  [50, 10, v, 70, 50, v, 30, 50, v, 70, 90, v, 30, 90, v].map((n, i) => (i % 3 === 2 ? n : n * scale));
const replaced = (numbers: number[], at: number, by: number): number[] => numbers.map((n, i) => (i === at ? by : n));
const close = (color: number[], to: readonly number[]): boolean => color.every((c, i) => Math.abs(c - to[i]) <= 30);

test('drawPose() draws the sides in their colours, in place', () => {
  const image = createImage(100, 100, GREY);
  drawPose(image, person(1), SKELETON);
  expect(at(image, 70, 90)).toEqual(SIDE_COLORS.left);
  expect(at(image, 30, 90)).toEqual(SIDE_COLORS.right);
  expect(at(image, 50, 10)).toEqual(SIDE_COLORS.center);
  expect(close(at(image, 70, 70), SIDE_COLORS.left)).toBe(true);
  expect(close(at(image, 30, 70), SIDE_COLORS.right)).toBe(true);
  expect(close(at(image, 50, 50), SIDE_COLORS.center)).toBe(true);
  expect(at(image, 50, 70)).toEqual(GREY);
});

test('drawPose() draws large people with wider lines, and small ones still visibly', () => {
  const widths = [0.2, 1, 6].map((scale) => {
    const image = createImage(600, 600, GREY);
    drawPose(image, person(scale), SKELETON);
    const y = Math.round(70 * scale);
    return Array.from({ length: 600 }, (_, x) => x).filter(
      (x) => x > 50 * scale && close(at(image, x, y), SIDE_COLORS.left),
    ).length;
  });
  expect(widths[0]).toBeGreaterThanOrEqual(1);
  expect(widths[2]).toBeGreaterThan(2 * widths[1]);
});

test('drawPose() leaves out what is not labelled, with its limbs', () => {
  const image = createImage(100, 100, GREY);
  const keypoints = person(1);
  keypoints[3 * 3 + 2] = 0;
  drawPose(image, keypoints, SKELETON);
  expect(at(image, 70, 90)).toEqual(GREY);
  expect(at(image, 70, 70)).toEqual(GREY);
  expect(at(image, 30, 90)).toEqual(SIDE_COLORS.right);
  const none = createImage(100, 100, GREY);
  drawPose(none, person(1, 0), SKELETON);
  expect(changed(none)).toBe(0);
});

test('drawPose() draws hidden keypoints hollow and their limbs dashed', () => {
  const image = createImage(1000, 1000, GREY);
  const keypoints = person(10);
  keypoints[3 * 3 + 2] = 1;
  drawPose(image, keypoints, SKELETON);
  const along = (x: number): boolean[] =>
    Array.from({ length: 250 }, (_, i) => at(image, x, 550 + i).join() !== GREY.join());
  expect(along(700).filter((drawn) => !drawn).length).toBeGreaterThan(20);
  expect(along(700).filter((drawn) => drawn).length).toBeGreaterThan(20);
  expect(along(300).every((drawn) => drawn)).toBe(true);
  expect(at(image, 300, 900)).toEqual(SIDE_COLORS.right);
  expect(at(image, 701, 902)).not.toEqual(SIDE_COLORS.left);
});

test('drawPose() with a scoreThreshold reads scores', () => {
  const image = createImage(100, 100, GREY);
  const keypoints = person(1, 0.9);
  keypoints[3 * 4 + 2] = 0.19;
  keypoints[3 * 3 + 2] = 0.2;
  drawPose(image, keypoints, SKELETON, { scoreThreshold: 0.2 });
  expect(at(image, 70, 90)).toEqual(SIDE_COLORS.left);
  expect(at(image, 30, 90)).toEqual(GREY);
});

test('drawPose() clips people who are partly outside', () => {
  const image = createImage(60, 60, GREY);
  drawPose(image, person(1), SKELETON);
  expect(at(image, 30, 50)).toEqual(SIDE_COLORS.right);
});

test.each<[string, number[], Skeleton, number | undefined]>([
  ['expected 15 numbers for the 5 keypoints of the skeleton, found 3', [1, 2, 2], SKELETON, undefined],
  ['keypoint 1 (left_hip), found [NaN, 50, 2]', replaced(person(1), 3, NaN), SKELETON, undefined],
  ['a visibility of 0, 1 or 2 for keypoint 0 (nose), found 0.5', replaced(person(1), 2, 0.5), SKELETON, undefined],
  ['expected a finite scoreThreshold, found NaN', person(1), SKELETON, NaN],
  ['found skeleton.limbs[0] = [1,5]', person(1), { ...SKELETON, limbs: [[1, 5]] }, undefined],
])('drawPose() throws: %s, and draws nothing', (message, keypoints, skeleton, scoreThreshold) => {
  const image = createImage(100, 100, GREY);
  const draw = (): void => drawPose(image, keypoints, skeleton, { scoreThreshold });
  expect(draw).toThrow(VizError);
  expect(draw).toThrow(message);
  expect(changed(image)).toBe(0);
});

test.each([
  ['left_knee', 'left'],
  ['rightElbow', 'right'],
  ['R-ankle', 'right'],
  ['l wrist', 'left'],
  ['upright', 'center'],
  ['thorax', 'center'],
])('sideOf(%p) is %p', (name, side) => expect(sideOf(name)).toBe(side));

test('limbSide(from, to) is a side only where both ends are on it, below the head', () => {
  expect(limbSide('left_hip', 'left_knee')).toBe('left');
  expect(limbSide('left_hip', 'right_hip')).toBe('center');
  expect(limbSide('left_ear', 'left_shoulder')).toBe('center');
});
