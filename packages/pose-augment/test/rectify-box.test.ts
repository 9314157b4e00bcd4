import fc from 'fast-check';
import { AugmentError, type Box, clipBox, rectifyBox } from '../src';
import { parity } from './golden';

interface Inputs {
  bbox: Box;
  keypoints: number[][];
  width: number;
  height: number;
  margin_rel: number;
  margin_abs: number;
}

parity<Inputs, { bbox: number[] }>('rectify', ({ inputs, expected, check }) => {
  const { bbox, keypoints, width, height, margin_rel: marginShare, margin_abs: marginPixels } = inputs;
  check('bbox', rectifyBox(bbox, keypoints.flat(), [width, height], { marginShare, marginPixels }), expected.bbox);
});

const tenths = (min: number, max: number) => fc.integer({ min: 10 * min, max: 10 * max }).map((n) => n / 10);
const box = fc.tuple(tenths(-30, 110), tenths(-30, 90), tenths(0, 80), tenths(0, 80));
const triplet = fc.tuple(tenths(-20, 120), tenths(-20, 100), fc.constantFrom(0, 1, 2));
const person = fc.array(triplet, { maxLength: 6 }).map((triplets) => triplets.flat());
const margins = fc.record({ marginShare: tenths(0, 1), marginPixels: tenths(0, 9) });

describe('rectifyBox(box, keypoints, imageSize, options)', () => {
  test('holds every labelled keypoint of the image with as much of its margin as the image has', () => {
    fc.assert(
      fc.property(box, person, margins, (given, keypoints, options) => {
        const [x, y, width, height] = rectifyBox(given, keypoints, [100, 80], options);
        const [mx, my] = [given[2], given[3]].map((side) => options.marginShare * side + options.marginPixels);
        for (let i = 0; i < keypoints.length; i += 3) {
          const [kx, ky, v] = keypoints.slice(i, i + 3);
          if (v === 0 || kx < 0 || ky < 0 || kx > 100 || ky > 80) continue;
          expect(x).toBeLessThanOrEqual(Math.max(kx - mx, 0) + 1e-9);
          expect(y).toBeLessThanOrEqual(Math.max(ky - my, 0) + 1e-9);
          expect(x + width).toBeGreaterThanOrEqual(Math.min(kx + mx, 100) - 1e-9);
          expect(y + height).toBeGreaterThanOrEqual(Math.min(ky + my, 80) - 1e-9);
        }
      }),
    );
  });

  test('never shrinks what of the box is inside of the image', () => {
    fc.assert(
      fc.property(box, person, margins, (given, keypoints, options) => {
        const [x, y, width, height] = rectifyBox(given, keypoints, [100, 80], options);
        const [left, top, w, h] = clipBox(given, [100, 80]);
        expect(Math.min(left - x, top - y, x + width - (left + w), y + height - (top + h))).toBeGreaterThanOrEqual(
          -1e-9,
        );
      }),
    );
  });

  test('moves the one side that a keypoint lies beyond, without a margin by default', () => {
    expect(rectifyBox([10, 10, 20, 20], [5, 15, 2, 50, 60, 0], [100, 80])).toEqual([5, 10, 25, 20]);
    expect(rectifyBox([10, 10, 20, 20], [12, 15, 1], [100, 80], { marginShare: 0.1, marginPixels: 2 })).toEqual([
      8, 10, 22, 20,
    ]);
  });

  test('refuses boxes, keypoints and margins that are none', () => {
    expect(() => rectifyBox([0, 0, -1, 1], [], [10, 10])).toThrow('without negative sides');
    expect(() => rectifyBox([0, 0, 1, 1], [NaN, 1, 2], [10, 10])).toThrow(AugmentError);
    expect(() => rectifyBox([0, 0, 1, 1], [], [10, 10], { marginPixels: -1 })).toThrow(
      'Expected a number from 0 on for marginPixels but received -1',
    );
    expect(() => rectifyBox([0, 0, 1, 1], [], [10, 10], { marginShare: NaN })).toThrow('for marginShare');
    expect(() => rectifyBox([0, 0, 1, 1], [], [10.5, 10])).toThrow('for imageSize');
  });
});
