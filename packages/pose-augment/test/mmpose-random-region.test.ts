import {
  AugmentError,
  createRandom,
  type Draw,
  mmposeRandomRegion,
  type MmposeRandomRegionOptions,
  replayDraws,
  startSample,
} from '../src';
import { parity } from './golden';

interface Inputs {
  center: [number, number];
  scale: [number, number];
  shift_factor: number;
  shift_prob: number;
  scale_factor: [number, number];
  scale_prob: number;
  rotate_factor: number;
  rotate_prob: number;
  draws: { truncnorm: number[][]; u_shift: number; u_scale: number; u_rotate: number };
}
type Expected = { center: number[]; scale: number[]; rotation: number };

const normal = (value: number): Draw => ({ kind: 'normal', value });
const uniform = (value: number): Draw => ({ kind: 'uniform', value });

parity<Inputs, Expected>('mmpose_random_bbox', ({ inputs, expected, check }) => {
  const step = mmposeRandomRegion({
    shiftFactor: inputs.shift_factor,
    shiftProbability: inputs.shift_prob,
    scaleFactor: inputs.scale_factor,
    scaleProbability: inputs.scale_prob,
    rotationFactor: inputs.rotate_factor,
    rotationProbability: inputs.rotate_prob,
  });
  const { truncnorm, u_shift, u_scale, u_rotate } = inputs.draws;
  const random = replayDraws([...truncnorm.flat().map(normal), ...[u_shift, u_scale, u_rotate].map(uniform)]);
  const { center, scale } = inputs;
  const drawn = step(startSample({ center, scale, keypoints: [], imageWidth: 640 }), random);
  expect(random.left).toBe(0);
  check('center', drawn.center, expected.center);
  check('scale', drawn.scale, expected.scale);
  check('rotation', [drawn.rotation], expected.rotation);
});

describe('mmposeRandomRegion(options)', () => {
  const sample = startSample({ center: [100, 80], scale: [100, 200], keypoints: [], imageWidth: 640 });
  const many = Array.from({ length: 4000 }, (_, i) => mmposeRandomRegion()(sample, createRandom([3, i])));
  const share = (test: (drawn: typeof sample) => boolean) => many.filter(test).length / many.length;

  test('shifts 30 %, resizes all and rotates 60 % of the samples', () => {
    expect(share(({ center }) => center[0] !== 100)).toBeCloseTo(0.3, 1.5);
    expect(share(({ scale }) => scale[0] !== 100)).toBeGreaterThan(0.99);
    expect(share(({ rotation }) => rotation !== 0)).toBeCloseTo(0.6, 1.5);
  });

  test('stays within 16 % of the size, half to one and a half times the size, and 80 degrees', () => {
    for (const { center, scale, rotation } of many) {
      expect(Math.abs(center[0] - 100)).toBeLessThanOrEqual(16.0001);
      expect(Math.abs(center[1] - 80)).toBeLessThanOrEqual(32.0001);
      expect(scale[0]).toBeGreaterThanOrEqual(50);
      expect(scale[0]).toBeLessThanOrEqual(150);
      expect(scale[1]).toBeCloseTo(2 * scale[0], 4);
      expect(Math.abs(rotation)).toBeLessThanOrEqual(80);
    }
  });

  test('takes all seven draws whatever they decide', () => {
    const random = replayDraws([...[1, 1, 1, 1].map(normal), ...[0, 0, 0].map(uniform)]);
    const step = mmposeRandomRegion({ shiftProbability: 0, scaleProbability: 0, rotationProbability: 0 });
    expect(step(sample, random)).toEqual(sample);
    expect(random.left).toBe(0);
  });

  test('refuses options out of range and regions that are not finite', () => {
    const make = (options: MmposeRandomRegionOptions) => () => mmposeRandomRegion(options);
    expect(make({ scaleFactor: [1.5, 0.5] })).toThrow(
      'Expected 0 < least <= most for scaleFactor but received [1.5, 0.5]',
    );
    expect(make({ scaleFactor: [0, 1] })).toThrow(AugmentError);
    expect(make({ shiftFactor: -1 })).toThrow('Expected a number from 0 on for shiftFactor but received -1');
    expect(make({ rotationFactor: NaN })).toThrow('rotationFactor');
    expect(make({ shiftProbability: 2 })).toThrow('shiftProbability');
    expect(make({ scaleProbability: -1 })).toThrow('scaleProbability');
    expect(make({ rotationProbability: NaN })).toThrow('rotationProbability');
    expect(() => mmposeRandomRegion()({ ...sample, scale: [NaN, 1] }, createRandom(1))).toThrow('numbers for scale');
  });
});
