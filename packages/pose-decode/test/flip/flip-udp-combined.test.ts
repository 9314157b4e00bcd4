import { DecodeError, decodeUdpCombined, flipUdpCombined, mergeFlippedUdpCombined } from '../../src';

const [width, height] = [24, 32];
const options = { size: [width, height], keypoints: 2, flipPairs: [[0, 1]] } as const;

/** Discs and offsets of two keypoints. */
function targets(points: readonly (readonly [number, number])[]): Float32Array {
  const radius = 0.0546875 * height;
  return Float32Array.from({ length: 6 * width * height }, (_, i) => {
    const [pixel, channel] = [Math.floor(i / 6), i % 6];
    const [cx, cy] = points[Math.floor(channel / 3)];
    const [dx, dy] = [(cx - (pixel % width)) / radius, (cy - Math.floor(pixel / width)) / radius];
    return [dx * dx + dy * dy <= 1 ? 1 : 0, dx, dy][channel % 3];
  });
}

const [left, right] = [[6.3, 9.6], [17.2, 20.4]] as const; // prettier-ignore
const mirrored = ([x, y]: readonly [number, number]) => [width - 1 - x, y] as const;

describe('flipUdpCombined(maps, options, into)', () => {
  test('turns the maps of the mirrored people into those of the people', () => {
    const flipped = flipUdpCombined(targets([mirrored(right), mirrored(left)]), options);
    const expected = targets([left, right]);
    flipped.forEach((value, i) => expect(value).toBeCloseTo(expected[i], 5));
  });

  test('refuses to write over its source and pairs that are not there', () => {
    const maps = targets([left, right]);
    expect(() => flipUdpCombined(maps, options, maps)).toThrow('Expected into to be another array than the maps');
    expect(() => flipUdpCombined(maps, { ...options, flipPairs: [[0, 2]] })).toThrow(
      'indices 0..1 but received [0, 2]',
    );
    expect(() => flipUdpCombined(maps.subarray(1), options)).toThrow(DecodeError);
  });
});

test('mergeFlippedUdpCombined(maps, mirroredMaps, options, into) puts points in the middle of what both say', () => {
  const [one, other] = [targets([left, right]), targets([mirrored([17.2, 21]), mirrored([6.9, 9.6])])];
  const into = new Float32Array(one.length);
  expect(mergeFlippedUdpCombined(one, other, options, into)).toBe(into);
  const points = decodeUdpCombined(into, { ...options, blurKernelSize: 2 });
  [6.6, 9.6, 17.2, 20.7].forEach((value, i) => expect(points[i + (i >> 1)]).toBeCloseTo(value, 4));
  expect(() => mergeFlippedUdpCombined(one, other, options, one)).toThrow(DecodeError);
  expect(() => mergeFlippedUdpCombined(one, other.subarray(1), options)).toThrow('values in mirroredMaps');
});
