import fc from 'fast-check';
import {
  AugmentError,
  mmposeHalfBody,
  type MmposeHalfBodyOptions,
  mmposeRandomHalfBody,
  replayDraws,
  startSample,
} from '../src';
import { parity, tripletsOf } from './golden';

interface Inputs {
  keypoints: number[][];
  visible: number[];
  bbox_center: [number, number];
  bbox_scale: [number, number];
  min_total_keypoints: number;
  min_upper_keypoints: number;
  min_lower_keypoints: number;
  padding: number;
  prob: number;
  upper_prioritized_prob: number;
  draw_apply: number;
  draw_prefer_upper: number;
}
interface Expected {
  center: number[];
  scale: number[];
  draws_used: number;
}

/** COCO's head, arms and shoulders; the cases give the visibility of all 17 keypoints. */
const COCO_UPPER_BODY = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10];

const uniforms = (...values: number[]) => replayDraws(values.map((value) => ({ kind: 'uniform', value })));

parity<Inputs, Expected>('mmpose_half_body', ({ inputs, expected, check }) => {
  const step = mmposeRandomHalfBody({
    upperBody: COCO_UPPER_BODY,
    probability: inputs.prob,
    minKeypoints: inputs.min_total_keypoints,
    minUpperKeypoints: inputs.min_upper_keypoints,
    minLowerKeypoints: inputs.min_lower_keypoints,
    upperProbability: inputs.upper_prioritized_prob,
    padding: inputs.padding,
  });
  const random = uniforms(inputs.draw_apply, inputs.draw_prefer_upper);
  const { center, scale } = step(
    startSample({
      center: inputs.bbox_center,
      scale: inputs.bbox_scale,
      keypoints: tripletsOf(inputs.keypoints, inputs.visible),
      imageWidth: 640,
    }),
    random,
  );
  check('center', center, expected.center);
  check('scale', scale, expected.scale);
  check('draws_used', [2 - random.left], [expected.draws_used]);
});

describe('mmposeHalfBody(random, keypoints, options)', () => {
  const options: MmposeHalfBodyOptions = { upperBody: [0, 1, 2], minKeypoints: 4 };
  const upper = [0, 0, 2, 4, 0, 2, 2, 6, 1];
  const lower = [0, 10, 2, 4, 10, 2, 2, 16, 1];
  const none = [0, 0, 0];
  const halfOf = (keypoints: number[], prefer = 0) => mmposeHalfBody(uniforms(0, prefer), keypoints, options)?.center;

  test('chooses by the second draw where both halves have enough keypoints', () => {
    expect(mmposeHalfBody(uniforms(0.3, 0.69), [...upper, ...lower], options)).toEqual({
      center: [2, 2],
      scale: [6, 9],
    });
    expect(mmposeHalfBody(uniforms(0.3, 0.7), [...upper, ...lower], options)).toEqual({
      center: [2, 12],
      scale: [6, 9],
    });
  });

  test('takes the half that has enough, and none where none has', () => {
    expect(halfOf([...upper, ...lower.slice(0, 6), ...none], 0.9)).toEqual([2, 2]);
    expect(halfOf([...upper.slice(0, 3), ...none, ...none, ...lower], 0)).toEqual([2, 12]);
    expect(halfOf([...upper.slice(0, 3), ...none, ...none, ...lower.slice(0, 6), ...none])).toBeUndefined();
  });

  test('takes two draws, one when the first is above the probability, none for few keypoints', () => {
    for (const [apply, keypoints, left] of [
      [0.3, [...upper, ...lower], 0],
      [0.31, [...upper, ...lower], 1],
      [0.3, upper, 2],
    ] as const) {
      const random = uniforms(apply, 0.5);
      mmposeHalfBody(random, keypoints, options);
      expect(random.left).toBe(left);
    }
  });

  test('gives nothing for keypoints in one place', () => {
    expect(halfOf([5, 5, 2, 5, 5, 2, 5, 5, 2, 5, 5, 2])).toBeUndefined();
  });

  test('is centred within the extent of the chosen keypoints, and 1.5 times as large', () => {
    const tenths = fc.integer({ min: -500, max: 9000 }).map((n) => n / 10);
    const person = fc.array(fc.tuple(tenths, tenths, fc.constantFrom(1, 2)), { minLength: 6, maxLength: 9 });
    fc.assert(
      fc.property(person, fc.boolean(), (triplets, prefersUpper) => {
        const region = mmposeHalfBody(uniforms(0, prefersUpper ? 0 : 0.9), triplets.flat(), options);
        const chosen = prefersUpper ? triplets.slice(0, 3) : triplets.slice(3);
        for (const axis of [0, 1]) {
          const values = chosen.map((triplet) => triplet[axis]);
          const [least, most] = [Math.min(...values), Math.max(...values)];
          if (!region) {
            expect(most).toBe(least);
            continue;
          }
          expect(region.scale[axis]).toBeCloseTo(1.5 * (most - least), 2);
          expect(region.center[axis]).toBeGreaterThan(least - 1e-2);
          expect(region.center[axis]).toBeLessThan(most + 1e-2);
        }
      }),
    );
  });

  test('refuses options out of range', () => {
    const make = (changed: Partial<MmposeHalfBodyOptions>) => () => mmposeRandomHalfBody({ ...options, ...changed });
    expect(make({ probability: 2 })).toThrow(
      'Expected a probability from 0 to 1 for halfBody.probability but received 2',
    );
    expect(make({ upperProbability: NaN })).toThrow('halfBody.upperProbability');
    expect(make({ minKeypoints: -1 })).toThrow(
      'Expected a whole number from 0 on for halfBody.minKeypoints but received -1',
    );
    expect(make({ minUpperKeypoints: 0.5 })).toThrow('halfBody.minUpperKeypoints');
    expect(make({ minLowerKeypoints: NaN })).toThrow('halfBody.minLowerKeypoints');
    expect(make({ padding: 0 })).toThrow('halfBody.padding');
    expect(make({ upperBody: [-1] })).toThrow('upperBody');
    expect(() => mmposeHalfBody(uniforms(), [1, 2], options)).toThrow(AugmentError);
  });
});
