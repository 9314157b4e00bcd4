import { AugmentError, type Box, boxToCenterScale } from '../src';
import { parity } from './golden';

interface Inputs {
  bbox: Box;
  image_size: [number, number];
  pixel_std: number;
  padding: number;
}
interface Expected {
  center: number[];
  scale: number[];
}

for (const kind of ['hrnet_box2cs', 'gluon_box2cs']) {
  parity<Inputs, Expected>(kind, ({ inputs, expected, check }) => {
    const [width, height] = inputs.image_size;
    const options = { aspectRatio: width / height, padding: inputs.padding, pixelStd: inputs.pixel_std };
    const { center, scale } = boxToCenterScale(inputs.bbox, options);
    check('center', center, expected.center);
    check('scale', scale, expected.scale);
  });
}

describe('boxToCenterScale(box, options)', () => {
  test('has the aspect ratio of the input, holds the padded box and is centred on it', () => {
    const { center, scale } = boxToCenterScale([10, 20, 100, 40], { aspectRatio: 0.75, padding: 1.5, pixelStd: 1 });
    expect(center).toEqual([60, 40]);
    expect(scale).toEqual([150, 200]);
  });

  test('pads by 1.25 and counts in units of 200 pixels by default', () => {
    expect(boxToCenterScale([0, 0, 160, 160], { aspectRatio: 1 }).scale).toEqual([1, 1]);
  });

  test('accepts a box that is a line, but not a point', () => {
    expect(boxToCenterScale([0, 0, 0, 160], { aspectRatio: 1 }).scale).toEqual([1, 1]);
    expect(() => boxToCenterScale([3, 4, 0, 0], { aspectRatio: 1 })).toThrow(
      'Expected a box [x, y, width, height] with an extent but received [3, 4, 0, 0]',
    );
  });

  test('refuses negative sides, NaN, Infinity and a bad aspect ratio', () => {
    for (const box of [
      [0, 0, -1, 5],
      [0, NaN, 1, 5],
      [0, 0, Infinity, 5],
    ] as unknown as Box[]) {
      expect(() => boxToCenterScale(box, { aspectRatio: 1 })).toThrow(AugmentError);
    }
    expect(() => boxToCenterScale([0, 0, 1, 1], { aspectRatio: 0 })).toThrow(
      'Expected a positive number for aspectRatio',
    );
  });
});
