import fc from 'fast-check';
import {
  AugmentError,
  cropMatrix,
  invertAffine,
  mmposeCropMatrix,
  type Point,
  transformPoint,
  transPoseCropMatrix,
  udpCropMatrix,
} from '../src';
import { expectClose } from '@pose/golden-cases';
import { affineOf, parity } from './golden';

interface Inputs {
  center: Point;
  scale: Point;
  rot: number;
  output_size: Point;
  shift: Point;
  inv: number;
  points: Point[];
}
interface Expected {
  matrix: number[][];
  inverse_by_reference: number[][];
  inverse_exact: number[][];
  points: number[][];
}

for (const [kind, pixelStd] of [
  ['msra_affine', 200],
  ['gluon_affine', 1],
] as const) {
  parity<Inputs, Expected>(kind, ({ inputs, expected, check, tolerance }) => {
    const { center, scale, rot: rotation, output_size: outputSize, shift } = inputs;
    const inverse = Boolean(inputs.inv);
    const options = { center, scale, rotation, outputSize, shift, pixelStd };
    const matrix = cropMatrix({ ...options, inverse });
    expectClose(matrix, expected.matrix, tolerance.strict?.[`${kind}.matrix`] ?? tolerance.default, 'matrix');
    check('inverse_by_reference', cropMatrix({ ...options, inverse: !inverse }), expected.inverse_by_reference);
    check('inverse_exact', invertAffine(affineOf(expected.matrix)), expected.inverse_exact);
    check(
      'points',
      inputs.points.flatMap((point) => transformPoint(point, matrix)),
      expected.points,
    );
  });
}

describe('cropMatrix(options)', () => {
  const options = { center: [100, 80], scale: [0.5, 1], outputSize: [192, 256] } as const;

  test('puts the centre of the region on the middle of the crop, at every angle', () => {
    for (const rotation of [0, 30, -90, 180]) {
      const [x, y] = transformPoint([100, 80], cropMatrix({ ...options, rotation }));
      expect(x).toBeCloseTo(96, 9);
      expect(y).toBeCloseTo(128, 9);
    }
  });

  test('scales by the width of the region alone', () => {
    const matrix = cropMatrix(options);
    expectClose(matrix, [1.92, 0, -96, 0, 1.92, 128 - 1.92 * 80], [1e-9, 0], 'matrix');
    expect(cropMatrix({ ...options, scale: [0.5, 7] })).toEqual(matrix);
  });

  test('equals the closed form without the rounding to float32 to about 1e-4', () => {
    const [t, k] = [(37 * Math.PI) / 180, 192 / 100];
    const [cos, sin] = [Math.cos(t) * k, Math.sin(t) * k];
    const expected = [cos, sin, 96 - cos * 100 - sin * 80, -sin, cos, 128 + sin * 100 - cos * 80];
    expectClose(cropMatrix({ ...options, rotation: 37 }), expected, [2e-4, 0], 'matrix');
  });

  test('refuses a region without width, and numbers that are not finite', () => {
    expect(() => cropMatrix({ ...options, scale: [0, 1] })).toThrow(
      'Expected a positive number for scale[0] but received 0',
    );
    expect(() => cropMatrix({ ...options, center: [NaN, 0] })).toThrow('Expected 2 finite numbers for center');
    expect(() => cropMatrix({ ...options, rotation: Infinity })).toThrow(AugmentError);
    expect(() => cropMatrix({ ...options, outputSize: [192.5, 256] })).toThrow('two positive integers, for outputSize');
    expect(() => cropMatrix({ ...options, scale: [1e-12, 1] })).toThrow('collapses to a point');
  });
});

describe.each(Object.entries({ cropMatrix, transPoseCropMatrix, mmposeCropMatrix, udpCropMatrix }))('%s', (_, make) => {
  const tenths = (min: number, max: number) => fc.integer({ min: 10 * min, max: 10 * max }).map((n) => n / 10);
  const point = fc.tuple(tenths(-100, 2000), tenths(-100, 2000));
  const region = fc.record({
    center: point,
    scale: fc.tuple(tenths(20, 2000), tenths(20, 2000)),
    rotation: tenths(-180, 180),
    outputSize: fc.tuple(fc.integer({ min: 16, max: 512 }), fc.integer({ min: 16, max: 512 })),
  });

  test('and then its inverse is the identity, and the centre comes out in the middle', () => {
    fc.assert(
      fc.property(region, point, fc.boolean(), (given, [x, y], fixAspectRatio) => {
        const matrix = make({ ...given, pixelStd: 1, fixAspectRatio });
        const [backX, backY] = transformPoint(transformPoint([x, y], matrix), invertAffine(matrix));
        expect(Math.hypot(backX - x, backY - y)).toBeLessThan(1e-6);
        const loss = make === transPoseCropMatrix || make === udpCropMatrix ? 1 : 0;
        const [cx, cy] = transformPoint(given.center, matrix);
        expect(cx).toBeCloseTo((given.outputSize[0] - loss) / 2, 1);
        expect(cy).toBeCloseTo((given.outputSize[1] - loss) / 2, 1);
      }),
    );
  });
});
