import fc from 'fast-check';
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

for (const [kind, inclusive] of [
  ['hrnet_half_body', false],
  ['transpose_half_body', true],
] as const) {
  parity<Inputs, Expected>(kind, ({ inputs, expected, check }) => {
    const region = halfBody(fixed(inputs.draw_randn), tripletsOf(inputs.joints, inputs.visible), {
      upperBody: inputs.upper_body_ids,
      aspectRatio: inputs.image_size[0] / inputs.image_size[1],
      pixelStd: inputs.pixel_std,
      inclusive,
    });
    if (!expected.center || !expected.scale) {
      expect(region).toBeUndefined();
    } else {
      check('center', region?.center ?? [], expected.center);
      check('scale', region?.scale ?? [], expected.scale);
    }
  });
}

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

  test('inclusive counts a pixel more on both sides, so that one place is an extent', () => {
    expect(halfBody(fixed(0.4), keypoints, { ...options, inclusive: true })?.scale).toEqual([10.5, 10.5]);
    const place = [5, 5, 2, 5, 5, 2, 5, 5, 2];
    expect(halfBody(fixed(0), place, { ...options, inclusive: true })).toEqual({ center: [5, 5], scale: [1.5, 1.5] });
  });

  test('holds up to four keypoints, reaches close to more, and has the aspect ratio of the input', () => {
    const tenths = fc.integer({ min: -500, max: 9000 }).map((n) => n / 10);
    const triplet = fc.tuple(tenths, tenths, fc.constantFrom(0, 1, 2));
    const person = fc.array(triplet, { minLength: 5, maxLength: 9 }).map((triplets) => triplets.flat());
    fc.assert(
      fc.property(person, fc.constantFrom(-1, 1), fc.boolean(), (given, draw, inclusive) => {
        const region = halfBody(fixed(draw), given, { ...options, aspectRatio: 0.75, inclusive });
        const halves = [0, 1].map((half) =>
          given.flatMap((v, i) => (i % 3 === 2 && v > 0 && (i < 9 ? 0 : 1) === half ? [(i - 2) / 3] : [])),
        );
        if (!region) return expect(Math.min(halves[0].length, halves[1].length)).toBeLessThan(2);
        // The centre is the mean: one keypoint of n can be (n - 1) / n of the extent away, 2 / 3 of the region's size at most.
        const isHeld = (half: number[]) =>
          half.length > 1 &&
          half.every((k) => {
            const share = half.length > 4 ? 2 / 3 : 1 / 2;
            const [dx, dy] = [given[3 * k] - region.center[0], given[3 * k + 1] - region.center[1]];
            return Math.abs(dx) <= region.scale[0] * share + 1e-2 && Math.abs(dy) <= region.scale[1] * share + 1e-2;
          });
        expect(halves.some(isHeld)).toBe(true);
        expect(region.scale[0] / region.scale[1]).toBeCloseTo(0.75, 5);
      }),
    );
  });

  test('takes one draw in every case', () => {
    const [random, twin] = [createRandom(3), createRandom(3)];
    halfBody(random, [0, 0, 0], options);
    twin.normal();
    expect(random.uniform()).toBe(twin.uniform());
  });

  test('refuses keypoints that are no triplets and indices that are none', () => {
    expect(() => halfBody(fixed(0), [1, 2, 1], { ...options, upperBody: [0.5] })).toThrow(
      'Expected keypoint indices 0, 1, ... for halfBody.upperBody but received [0.5]',
    );
    expect(() => halfBody(fixed(0), [1, 2], options)).toThrow(AugmentError);
  });
});
