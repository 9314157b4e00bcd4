import { DecodeError, flipSimcc, mergeFlippedSimcc } from '../../src';

const options = { keypoints: 2, batch: 2, flipPairs: [[0, 1]] } as const;
const lines = {
  x: Float32Array.of(1, 2, 3, /**/ 4, 5, 6, /**/ 7, 8, 9, /**/ 10, 11, 12),
  y: Float32Array.of(1, 2, /**/ 3, 4, /**/ 5, 6, /**/ 7, 8),
};

test('flipSimcc(lines, options, into) reverses x and exchanges pairs, person by person', () => {
  const { x, y } = flipSimcc(lines, options);
  expect(Array.from(x)).toEqual([6, 5, 4, /**/ 3, 2, 1, /**/ 12, 11, 10, /**/ 9, 8, 7]);
  expect(Array.from(y)).toEqual([3, 4, /**/ 1, 2, /**/ 7, 8, /**/ 5, 6]);
  const into = { x: new Float32Array(12), y: new Float32Array(8) };
  expect(flipSimcc({ x, y }, options, into)).toEqual(lines);
});

test('mergeFlippedSimcc(lines, mirroredLines, options, into) is the mean of both', () => {
  const mirrored = { x: lines.x.map((value) => value + 2), y: lines.y.map((value) => value - 2) };
  const back = flipSimcc(mirrored, options);
  const { x, y } = mergeFlippedSimcc(lines, mirrored, options);
  expect(x).toEqual(lines.x.map((value, i) => (value + back.x[i]) / 2));
  expect(y).toEqual(lines.y.map((value, i) => (value + back.y[i]) / 2));
});

test('both refuse lines that do not fit, and to write over their sources', () => {
  expect(() => flipSimcc({ ...lines, x: lines.x.subarray(1) }, options)).toThrow('in x but found 11 values');
  expect(() => flipSimcc(lines, options, lines)).toThrow('Expected into to hold other arrays than the lines');
  expect(() => flipSimcc(lines, { ...options, flipPairs: [[1, 2]] })).toThrow(DecodeError);
  const shorter = { ...lines, y: lines.y.subarray(4) };
  expect(() => mergeFlippedSimcc(lines, shorter, options)).toThrow('Expected 8 values in y of the mirrored lines');
  expect(() => mergeFlippedSimcc(lines, { x: lines.x.slice(), y: lines.y.slice() }, options, lines)).toThrow(
    DecodeError,
  );
});
