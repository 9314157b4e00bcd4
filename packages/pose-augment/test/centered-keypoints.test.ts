import { AugmentError, hasCenteredKeypoints } from '../src';
import { parity, tripletsOf } from './golden';

interface Inputs {
  center: [number, number];
  scale: [number, number];
  joints: number[][];
  visible: number[];
  pixel_std: number;
}

parity<Inputs, { selected: boolean }>('hrnet_select_data', ({ inputs, expected }) => {
  const { center, scale, joints, visible, pixel_std } = inputs;
  expect(hasCenteredKeypoints({ center, scale }, tripletsOf(joints, visible), pixel_std)).toBe(expected.selected);
});

describe('hasCenteredKeypoints(region, keypoints, pixelStd)', () => {
  // One keypoint needs exp(-d^2 / (2 * 0.2^2 * area)) > 0.45: d < 0.2527 * the side of a square region.
  const region = { center: [0, 0], scale: [0.5, 0.5] } as const;
  const at = (x: number, v = 2) => hasCenteredKeypoints(region, [x, 0, v]);

  test('asks one keypoint to lie within a quarter of the region, 200 pixels to the unit', () => {
    expect(at(25.2)).toBe(true);
    expect(at(25.4)).toBe(false);
  });

  test('asks for more, the more keypoints there are', () => {
    const many = Array.from({ length: 17 }, () => [22, 0, 1]).flat();
    expect(hasCenteredKeypoints({ center: [0, 0], scale: [100, 100] }, [22, 0, 1], 1)).toBe(true);
    expect(hasCenteredKeypoints({ center: [0, 0], scale: [100, 100] }, many, 1)).toBe(false);
  });

  test('leaves out a person without labelled keypoints', () => {
    expect(at(0, 0)).toBe(false);
  });

  test('refuses a region without area', () => {
    expect(() => hasCenteredKeypoints({ center: [0, 0], scale: [0, 1] }, [0, 0, 1])).toThrow(AugmentError);
    expect(() => hasCenteredKeypoints({ center: [0, 0], scale: [1, NaN] }, [0, 0, 1])).toThrow('numbers for scale');
  });
});
