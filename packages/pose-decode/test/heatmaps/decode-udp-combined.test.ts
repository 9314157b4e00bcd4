import fc from 'fast-check';
import { DecodeError, decodeUdpCombined } from '../../src';

const [width, height] = [24, 32];
const shape = { size: [width, height], keypoints: 1 } as const;

/** UDP's targets of one keypoint: the disc and the offsets to its centre. */
function targets(cx: number, cy: number): Float32Array {
  const radius = 0.0546875 * height;
  return Float32Array.from({ length: 3 * width * height }, (_, i) => {
    const pixel = Math.floor(i / 3);
    const [dx, dy] = [(cx - (pixel % width)) / radius, (cy - Math.floor(pixel / width)) / radius];
    return [dx * dx + dy * dy <= 1 ? 1 : 0, dx, dy][i % 3];
  });
}

describe('decodeUdpCombined(maps, options, into)', () => {
  test('finds the centre of its targets exactly, at the border too', () => {
    const along = (size: number) => fc.double({ min: 0, max: size - 1, noNaN: true });
    fc.assert(
      fc.property(along(width), along(height), (cx, cy) => {
        const [x, y, score] = decodeUdpCombined(targets(cx, cy), shape);
        expect(Math.hypot(x - cx, y - cy)).toBeLessThan(1e-4);
        expect(score).toBeGreaterThan(0);
      }),
    );
  });

  test('treats each person and keypoint by itself, in both layouts', () => {
    const maps = [targets(8.3, 9.4), targets(12.6, 20.2), targets(15.5, 11.1), new Float32Array(3 * width * height)];
    const alone = maps.map((map) => Array.from(decodeUdpCombined(map, shape)));
    expect(alone[3]).toEqual([0, 0, 0]);
    const area = width * height;
    const laid = {
      hwk: (person: number, pixel: number, channel: number) => (person * area + pixel) * 6 + channel,
      khw: (person: number, pixel: number, channel: number) => (person * 6 + channel) * area + pixel,
    };
    for (const layout of ['hwk', 'khw'] as const) {
      const all = new Float32Array(4 * 3 * area);
      maps.forEach((map, n) =>
        map.forEach((value, i) => {
          all[laid[layout](n >> 1, Math.floor(i / 3), 3 * (n % 2) + (i % 3))] = value;
        }),
      );
      const into = new Float32Array(12);
      expect(decodeUdpCombined(all, { ...shape, keypoints: 2, batch: 2, layout }, into)).toBe(into);
      expect(Array.from(into)).toEqual(alone.flat());
    }
  });

  test('refuses maps that are not finite or do not fit, and no radius', () => {
    const maps = targets(12, 16);
    maps[3 * (16 * width + 12) + 1] = NaN;
    expect(() => decodeUdpCombined(maps, shape)).toThrow(DecodeError);
    expect(() => decodeUdpCombined(maps, shape)).toThrow('those of keypoint 0, batch element 0, give (NaN, 16), score');
    maps[0] = NaN;
    expect(() => decodeUdpCombined(maps, shape)).toThrow('score NaN');
    expect(() => decodeUdpCombined(maps, { ...shape, keypoints: 2 })).toThrow('but found 2304');
    expect(() => decodeUdpCombined(maps, { ...shape, radiusFactor: 0 })).toThrow('for radiusFactor but received 0');
  });
});
