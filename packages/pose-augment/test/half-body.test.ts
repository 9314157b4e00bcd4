import { AugmentError, createRandom, halfBody, type Random } from '../src';
import { parity, tripletsOf } from './golden';

interface Inputs {
  joints: number[][];
  visible: number[];
  image_size: [number, number];
  pixel_std: number;
  upper_body_ids: number[];
  draw_randn: number;
}
interface Expected {
  center: number[] | null;
  scale: number[] | null;
}

const fixed = (normal: number): Random => ({ uniform: () => 0, normal: () => normal });

parity<Inputs, Expected>('hrnet_half_body', ({ inputs, expected, check }) => {
  const region = halfBody(fixed(inputs.draw_randn), tripletsOf(inputs.joints, inputs.visible), {
    upperBody: inputs.upper_body_ids,
    aspectRatio: inputs.image_size[0] / inputs.image_size[1],
    pixelStd: inputs.pixel_std,
  });
  if (!expected.center || !expected.scale) {
    expect(region).toBeUndefined();
  } else {
    check('center', region?.center ?? [], expected.center);
    check('scale', region?.scale ?? [], expected.scale);
  }
});

describe('halfBody(random, keypoints, options)', () => {
  const options = { upperBody: [0, 1, 2], aspectRatio: 1, pixelStd: 1 };
  const keypoints = [0, 0, 2, 4, 0, 2, 2, 6, 1, 0, 10, 2, 4, 10, 2, 2, 16, 1];

  test('takes the half that the draw prefers', () => {
    expect(halfBody(fixed(0.4), keypoints, options)).toEqual({ center: [2, 2], scale: [9, 9] });
    expect(halfBody(fixed(0.5), keypoints, options)).toEqual({ center: [2, 12], scale: [9, 9] });
  });

  test('keeps to the upper body when the lower one has no more than two keypoints, and the other way round', () => {
    const [upper, lower] = [keypoints.slice(0, 9), keypoints.slice(9)];
    const without = [0, 0, 0];
    const twoBelow = [...upper, ...lower.slice(0, 6)];
    expect(halfBody(fixed(0.9), twoBelow, options)?.center).toEqual([2, 2]);
    const twoAbove = [...upper.slice(0, 6), ...without, ...lower];
    expect(halfBody(fixed(0.4), twoAbove, options)?.center).toEqual([2, 12]);
    expect(halfBody(fixed(0.9), [...without, ...without, ...without, ...lower.slice(0, 6)], options)).toBeUndefined();
  });

  test('gives nothing for one keypoint, or for several in one place', () => {
    expect(halfBody(fixed(0), [5, 5, 2, 0, 0, 0], options)).toBeUndefined();
    expect(halfBody(fixed(0), [5, 5, 2, 5, 5, 2, 5, 5, 2], options)).toBeUndefined();
  });

  test('takes one draw in every case', () => {
    const [random, twin] = [createRandom(3), createRandom(3)];
    halfBody(random, [0, 0, 0], options);
    twin.normal();
    expect(random.uniform()).toBe(twin.uniform());
  });

  test('refuses keypoints that are no triplets', () => {
    expect(() => halfBody(fixed(0), [1, 2], options)).toThrow(AugmentError);
  });
});
