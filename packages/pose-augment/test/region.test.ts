import fc from 'fast-check';
import { AugmentError, type Box, boxToRegion, clipBox, fitAspectRatio, flipBox, flipPoint, regionToBox } from '../src';
import { cornersOf, parity } from './golden';

interface BoxInputs {
  bbox: Box;
  width: number;
  height: number;
  padding: number;
  input_size: [number, number];
}
type BoxExpected = Record<
  'center' | 'scale' | 'scale_fixed' | 'xyxy_back' | 'xywh_back' | 'flip_xyxy' | 'flip_center',
  number[]
>;

parity<BoxInputs, BoxExpected>('mmpose_box', ({ inputs, expected, check }) => {
  const { bbox, width, height, padding, input_size } = inputs;
  const box = clipBox(bbox, [width, height], 'last-pixel');
  const region = boxToRegion(box, padding);
  check('center', region.center, expected.center);
  check('scale', region.scale, expected.scale);
  check('scale_fixed', fitAspectRatio(region.scale, input_size[0] / input_size[1]), expected.scale_fixed);
  check('xywh_back', regionToBox(region, padding), expected.xywh_back);
  check('xyxy_back', cornersOf(regionToBox(region, padding)), expected.xyxy_back);
  check('flip_xyxy', cornersOf(flipBox(box, width)), expected.flip_xyxy);
  check('flip_center', flipPoint(region.center, width), expected.flip_center);
});

parity<BoxInputs, Record<'center' | 'scale' | 'xyxy', number[]>>('mmpose_xywh', ({ inputs, expected, check }) => {
  const region = boxToRegion(inputs.bbox, inputs.padding);
  check('center', region.center, expected.center);
  check('scale', region.scale, expected.scale);
  check('xyxy', cornersOf(inputs.bbox), expected.xyxy);
});

describe('boxToRegion(box, padding) and regionToBox(region, padding)', () => {
  test('undo each other up to float32', () => {
    const tenths = (min: number, max: number) => fc.integer({ min: 10 * min, max: 10 * max }).map((n) => n / 10);
    const box = fc.tuple(tenths(-900, 900), tenths(-900, 900), tenths(0, 900), tenths(0, 900));
    fc.assert(
      fc.property(box, tenths(1, 3), (given, padding) => {
        regionToBox(boxToRegion(given, padding), padding).forEach((v, i) =>
          expect(Math.abs(v - given[i])).toBeLessThan(1e-3),
        );
      }),
    );
  });

  test('pad by 1.25 by default', () => {
    expect(boxToRegion([10, 20, 100, 40])).toEqual({ center: [60, 40], scale: [125, 50] });
    expect(regionToBox({ center: [60, 40], scale: [125, 50] })).toEqual([10, 20, 100, 40]);
  });

  test('refuse negative sides, paddings and NaN', () => {
    expect(() => boxToRegion([0, 0, -1, 5])).toThrow('without negative sides');
    expect(() => boxToRegion([0, 0, 1, 5], 0)).toThrow('Expected a positive number for padding but received 0');
    expect(() => regionToBox({ center: [0, NaN], scale: [1, 1] })).toThrow(AugmentError);
  });
});
