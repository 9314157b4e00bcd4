import fc from 'fast-check';
import { AugmentError, type Box, clipBox } from '../src';
import { cornersOf, parity } from './golden';

interface Inputs {
  bbox: Box;
  width: number;
  height: number;
}

for (const [kind, field, rule] of [
  ['gluon_clip', 'xyxy', 'pixel-count'],
  ['mmpose_box', 'xyxy', 'last-pixel'],
  ['mmpose_xywh', 'clip_border', 'border'],
] as const) {
  parity<Inputs, Record<typeof field, number[]>>(kind, ({ inputs, expected, check }) => {
    const clipped = clipBox(inputs.bbox, [inputs.width, inputs.height], rule);
    check(field, cornersOf(clipped), expected[field]);
  });
}

describe('clipBox(box, imageSize, rule)', () => {
  const tenths = (min: number, max: number) => fc.integer({ min: 10 * min, max: 10 * max }).map((n) => n / 10);
  const box = fc.tuple(tenths(-50, 150), tenths(-50, 150), tenths(0, 100), tenths(0, 100));

  test('stays inside of the image and of the box, and leaves a box that fits as it is', () => {
    fc.assert(
      fc.property(box, fc.constantFrom('border' as const, 'last-pixel' as const), (given, rule) => {
        const last = rule === 'border' ? [100, 80] : [99, 79];
        const clipped = clipBox(given, [100, 80], rule);
        const [[x1, y1, x2, y2], [left, top, right, bottom]] = [cornersOf(given), cornersOf(clipped)];
        expect(Math.min(left, top, last[0] - right, last[1] - bottom)).toBeGreaterThanOrEqual(-1e-9);
        const fits = x1 >= 0 && y1 >= 0 && x2 <= last[0] && y2 <= last[1];
        const meets = x2 >= 0 && y2 >= 0 && x1 <= last[0] && y1 <= last[1];
        if (meets) expect(Math.min(left - x1, top - y1, x2 - right, y2 - bottom)).toBeGreaterThanOrEqual(-1e-9);
        if (fits) clipped.forEach((value, i) => expect(value).toBeCloseTo(given[i], 9));
      }),
    );
  });

  test('counts pixels with pixel-count: the first and the last of a row of ten are nine apart', () => {
    expect(clipBox([5, 5, 10, 1], [100, 80], 'pixel-count')).toEqual([5, 5, 9, 0]);
  });

  test('makes a line on the border of a box that lies outside', () => {
    expect(clipBox([120, 10, 30, 20], [100, 80])).toEqual([100, 10, 0, 20]);
    expect(clipBox([-50, 10, 30, 20], [100, 80])).toEqual([0, 10, 0, 20]);
  });

  test('refuses boxes turned inside out, NaN, sizes that are none and unknown rules', () => {
    expect(() => clipBox([1, 2, -3, 4], [100, 80])).toThrow(
      'Expected a box [x, y, width, height] without negative sides but received [1, 2, -3, 4]',
    );
    expect(() => clipBox([1, 2, NaN, 4], [100, 80])).toThrow(AugmentError);
    expect(() => clipBox([1, 2, 3, 4], [100, 0])).toThrow('two positive integers, for imageSize');
    expect(() => clipBox([1, 2, 3, 4], [100, 80], 'edge' as 'border')).toThrow('for rule but received edge');
  });
});
