import fc from 'fast-check';
import { AugmentError, cropMatrix, invertAffine, mmposeCropMatrix, type Point, transformPoint } from '../src';
import { expectClose } from '@pose/golden-cases';
import { affineOf, parity } from './golden';

interface Inputs {
  center: Point;
  scale: Point;
  rot: number;
  output_size: Point;
  shift: Point;
  inv: boolean;
  fix_aspect_ratio: boolean;
  points: Point[];
}
type Expected = Record<'matrix' | 'inverse_exact' | 'points', number[][]>;

parity<Inputs, Expected>('mmpose_warp', ({ inputs, expected, check, tolerance }) => {
  const { center, scale, rot: rotation, output_size: outputSize, shift } = inputs;
  const { inv: inverse, fix_aspect_ratio: fixAspectRatio } = inputs;
  const matrix = mmposeCropMatrix({ center, scale, rotation, outputSize, shift, inverse, fixAspectRatio });
  expectClose(matrix, expected.matrix, tolerance.strict?.['mmpose_warp.matrix'] ?? tolerance.default, 'matrix');
  check('inverse_exact', invertAffine(affineOf(expected.matrix)), expected.inverse_exact);
  check(
    'points',
    inputs.points.flatMap((point) => transformPoint(point, matrix)),
    expected.points,
  );
});

describe('mmposeCropMatrix(options)', () => {
  const options = { center: [100, 80], scale: [100, 50], outputSize: [200, 300] } as const;

  test('is the map of cropMatrix with pixelStd 1, up to float32', () => {
    const whole = (min: number, max: number) => fc.integer({ min, max });
    const center = fc.tuple(whole(-100, 900), whole(-100, 900));
    fc.assert(
      fc.property(center, whole(20, 900), whole(-180, 180), fc.boolean(), (at, width, rotation, inverse) => {
        const region = {
          center: at,
          scale: [width, width] as const,
          rotation,
          outputSize: [192, 256] as const,
          inverse,
        };
        const [one, other] = [mmposeCropMatrix(region), cropMatrix({ ...region, pixelStd: 1 })];
        const [x, y] = transformPoint([100, 100], one);
        const [u, v] = transformPoint([100, 100], other);
        expect(Math.hypot(x - u, y - v)).toBeLessThan(inverse ? 2e-2 : 1e-1);
      }),
    );
  });

  test('stretches width and height, each onto its own, with fixAspectRatio false', () => {
    expectClose(mmposeCropMatrix(options), [2, 0, -100, 0, 2, -10], [1e-9, 0], 'matrix');
    const stretched = mmposeCropMatrix({ ...options, fixAspectRatio: false });
    expectClose(stretched, [2, 0, -100, 0, 6, 150 - 480], [1e-9, 0], 'matrix');
  });

  test('refuses a region without width, one without height where it counts, and NaN', () => {
    expect(() => mmposeCropMatrix({ ...options, scale: [0, 1] })).toThrow('for scale[0] but received 0');
    expect(() => mmposeCropMatrix({ ...options, scale: [5, 0] })).not.toThrow();
    expect(() => mmposeCropMatrix({ ...options, scale: [5, 0], fixAspectRatio: false })).toThrow('for scale[1]');
    expect(() => mmposeCropMatrix({ ...options, rotation: NaN })).toThrow(AugmentError);
    expect(() => mmposeCropMatrix({ ...options, outputSize: [0, 2] })).toThrow('for outputSize');
  });
});
