import { AugmentError, cropMatrix, invertAffine, type Point, transformPoint, transPoseCropMatrix } from '../src';
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
type Expected = Record<'matrix' | 'inverse_by_reference' | 'inverse_exact' | 'points', number[][]>;

parity<Inputs, Expected>('transpose_affine', ({ inputs, expected, check, tolerance }) => {
  const { center, scale, rot: rotation, output_size: outputSize, shift } = inputs;
  const inverse = Boolean(inputs.inv);
  const options = { center, scale, rotation, outputSize, shift };
  const matrix = transPoseCropMatrix({ ...options, inverse });
  expectClose(matrix, expected.matrix, tolerance.strict?.['transpose_affine.matrix'] ?? tolerance.default, 'matrix');
  check('inverse_by_reference', transPoseCropMatrix({ ...options, inverse: !inverse }), expected.inverse_by_reference);
  check('inverse_exact', invertAffine(affineOf(expected.matrix)), expected.inverse_exact);
  check(
    'points',
    inputs.points.flatMap((point) => transformPoint(point, matrix)),
    expected.points,
  );
});

describe('transPoseCropMatrix(options)', () => {
  const options = { center: [100, 80], scale: [97, 1], outputSize: [193, 257], pixelStd: 1 } as const;

  test('puts the centre on the middle pixel, and 96 steps between pixels onto 192', () => {
    expectClose(transPoseCropMatrix(options), [2, 0, 96 - 200, 0, 2, 128 - 160], [1e-9, 0], 'matrix');
  });

  test('turns like cropMatrix', () => {
    const [turned, corner] = [transPoseCropMatrix, cropMatrix].map((make) => make({ ...options, rotation: 90 }));
    expectClose(
      [turned[1], turned[3]].map(Math.sign),
      [corner[1], corner[3]].map(Math.sign),
      [0, 0],
      'sign of the sines',
    );
  });

  test('refuses regions and crops that are not wider than a pixel', () => {
    expect(() => transPoseCropMatrix({ ...options, scale: [1, 1] })).toThrow(
      'Expected a positive number for scale[0] * pixelStd - 1 but received 0',
    );
    expect(() => transPoseCropMatrix({ ...options, outputSize: [1, 5] })).toThrow('for outputSize[0] - 1');
    expect(() => transPoseCropMatrix({ ...options, center: [NaN, 5] })).toThrow(AugmentError);
  });
});
