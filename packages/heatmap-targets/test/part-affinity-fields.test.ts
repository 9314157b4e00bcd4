import { expectClose } from '@pose/golden-cases';
import fc from 'fast-check';
import { partAffinityFields, TargetError, type PartAffinityOptions } from '../src';
import { decimal, frames, people, person } from './arbitraries';

const nearestEven = (value: number) => {
  const rounded = Math.round(value); // halves up
  return Math.abs(value % 1) === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded;
};

/** The plain twin: every limb of everyone at every cell. */
function plainFields(everyone: number[][], { inputSize, heatmapSize, limbs, limbWidth = 1 }: PartAffinityOptions) {
  const [width, height] = heatmapSize;
  return Array.from({ length: width * height }, (_, cell) => {
    const [x, y] = [cell % width, Math.floor(cell / width)];
    return limbs.flatMap(([from, to]) => {
      const vectors: [number, number][] = [];
      for (const keypoints of everyone) {
        if (keypoints[3 * from + 2] === 0 || keypoints[3 * to + 2] === 0) continue;
        const [ax, bx] = [from, to].map((k) => (keypoints[3 * k] * width) / inputSize[0]);
        const [ay, by] = [from, to].map((k) => (keypoints[3 * k + 1] * height) / inputSize[1]);
        const length = Math.sqrt((bx - ax) ** 2 + (by - ay) ** 2);
        if (length === 0) continue;
        const [ux, uy] = [(bx - ax) / length, (by - ay) / length];
        const within = (at: number, a: number, b: number) =>
          at >= nearestEven(Math.min(a, b) - limbWidth) && at < nearestEven(Math.max(a, b) + limbWidth);
        const isNear = Math.abs((x - ax) * uy - (y - ay) * ux) < limbWidth;
        if (within(x, ax, bx) && within(y, ay, by) && isNear) vectors.push([ux, uy]);
      }
      if (vectors.length === 0) return [0, 0];
      return [0, 1].map((axis) => vectors.reduce((sum, vector) => sum + vector[axis], 0) / vectors.length);
    });
  }).flat();
}

const limbs = [
  [0, 1],
  [2, 0],
  [1, 2],
] as const;

/** Strides that are powers of two: the twin then has the same coordinates to the last bit, and the same borders. */
const exactFrames = frames.map(({ heatmapSize: [width, height], inputSize }) => {
  const stride = 2 ** (inputSize[0] % 4);
  return { heatmapSize: [width, height] as const, inputSize: [width * stride, height * stride] as const };
});

describe('partAffinityFields(people, options, into)', () => {
  test('equals its plain twin', () => {
    fc.assert(
      fc.property(people, exactFrames, decimal(1, 3), (everyone, frame, limbWidth) => {
        const options = { ...frame, limbs, limbWidth };
        expectClose(partAffinityFields(everyone, options), plainFields(everyone, options), [3e-7, 0], 'fields');
      }),
    );
  });

  test('equals its plain twin for limbs that are level, upright, or nearly so', () => {
    const nearly = fc.tuple(decimal(0, 16), decimal(0, 16), fc.constantFrom(0, 1e-9, 5e-7, 2e-6, 1e-3));
    fc.assert(
      fc.property(nearly, fc.boolean(), fc.boolean(), ([along, across, tilt], isUpright, isTurned) => {
        const ends = [
          [1, across],
          [along + 1.5, across + tilt],
        ].map(([a, b]) => (isUpright ? [b, a, 2] : [a, b, 2]));
        const everyone = [(isTurned ? ends.reverse() : ends).flat()];
        const options = { inputSize: [16, 16], heatmapSize: [16, 16], limbs: [[0, 1]] } as const;
        expectClose(partAffinityFields(everyone, options), plainFields(everyone, options), [3e-7, 0], 'fields');
      }),
    );
  });

  test('has vectors of length 1 along the limb, for one person', () => {
    fc.assert(
      fc.property(person, frames, (keypoints, frame) => {
        const fields = partAffinityFields([keypoints], { ...frame, limbs });
        const [strideX, strideY] = [0, 1].map((axis) => frame.inputSize[axis] / frame.heatmapSize[axis]);
        for (let i = 0; i < fields.length; i += 2) {
          const [vx, vy] = fields.subarray(i, i + 2);
          if (vx === 0 && vy === 0) continue;
          const [from, to] = limbs[(i / 2) % limbs.length];
          expect(Math.hypot(vx, vy)).toBeCloseTo(1, 6);
          const dx = (keypoints[3 * to] - keypoints[3 * from]) / strideX;
          const dy = (keypoints[3 * to + 1] - keypoints[3 * from + 1]) / strideY;
          expect(vx * dx + vy * dy).toBeCloseTo(Math.hypot(dx, dy), 3);
        }
      }),
    );
  });

  test('has vectors of length 1 at most where people overlap', () => {
    fc.assert(
      fc.property(people, frames, (everyone, frame) => {
        const fields = partAffinityFields(everyone, { ...frame, limbs });
        for (let i = 0; i < fields.length; i += 2) expect(Math.hypot(fields[i], fields[i + 1])).toBeLessThan(1 + 1e-6);
      }),
    );
  });

  const options = { inputSize: [64, 64], heatmapSize: [16, 16], limbs } as const;

  test('lets opposite limbs cancel to exactly 0', () => {
    const person = [10, 11, 2, 53, 40, 2, 0, 0, 0];
    const turned = [53, 40, 2, 10, 11, 2, 0, 0, 0];
    expect(partAffinityFields([person, turned], options).every((value) => value === 0)).toBe(true);
    expect(partAffinityFields([person], options).some((value) => value !== 0)).toBe(true);
  });

  test('leaves out limbs without a length, and without people all', () => {
    expect(partAffinityFields([[9, 9, 2, 9, 9, 2, 9, 9, 0]], options).every((value) => value === 0)).toBe(true);
    expect(partAffinityFields([], options)).toEqual(new Float32Array(16 * 16 * 6));
  });

  test('refuses limbs that name keypoints that there are not', () => {
    const make =
      (named: number[][], everyone: number[][] = [[1, 1, 1, 2, 2, 1]]) =>
      () =>
        partAffinityFields(everyone, { ...options, limbs: named as [number, number][] });
    expect(
      make([
        [0, 1],
        [1, 2],
      ]),
    ).toThrow(new TargetError('Expected two different keypoint indices below 2 for limbs[1] but received [1, 2]'));
    expect(make([[0, -1]], [])).toThrow('Expected two different keypoint indices for limbs[0] but received [0, -1]');
    for (const limb of [[1, 1], [0.5, 1], [0], [0, 1, 1]]) expect(make([limb])).toThrow(TargetError);
    expect(make([])).toThrow('Expected at least one limb but received none');
    expect(() => partAffinityFields([], { ...options, limbWidth: 0 })).toThrow(TargetError);
  });
});
