import { CocoEvalError, personScore } from '../src/index';

test('personScore(boxScore, keypointScores, { mode }) follows the mode', () => {
  const keypoints = Float32Array.of(0.5, 0.25, 0.125, 0.125);
  expect(personScore(0.5, keypoints)).toBe(0.5 * 0.375);
  expect(personScore(0.5, keypoints, { keypointThreshold: 0.1 })).toBe(0.5 * 0.25);
  expect(personScore(0.5, keypoints, { mode: 'bbox' })).toBe(0.5);
  expect(personScore(0.5, keypoints, { mode: 'keypoint' })).toBe(0.25);
  expect(personScore(0.5, keypoints, { mode: 'bbox_rle' })).toBe(0.5 + 0.25 + 0.5);
});

test('personScore counts keypoints strictly above the threshold, and is 0 without any', () => {
  expect(personScore(1, [0.5, 0.75], { keypointThreshold: 0.5 })).toBe(0.75);
  expect(personScore(1, [0.5, 0.75], { keypointThreshold: 0.75 })).toBe(0);
});

test.each<[string, () => unknown, string]>([
  ['box score', () => personScore(NaN, [1]), 'boxScore: expected a finite number, found NaN'],
  ['number of keypoints', () => personScore(1, []), 'keypointScores: expected at least one score, found a list of 0'],
  ['keypoint scores', () => personScore(1, [1, NaN]), 'keypointScores[1]: expected a finite number, found NaN'],
  [
    'threshold',
    () => personScore(1, [1], { keypointThreshold: NaN }),
    'keypointThreshold: expected a finite number, found NaN',
  ],
  [
    'mode',
    () => personScore(1, [1], { mode: 'box' as 'bbox' }),
    `mode: expected 'bbox', 'keypoint', 'bbox_keypoint' or 'bbox_rle', found "box"`,
  ],
])('personScore names a fault of its %s', (_, call, message) => {
  expect(call).toThrow(CocoEvalError);
  expect(call).toThrow(message);
});
