import { AugmentError, cropMatrix, invertAffine, type Point, transformPoint, udpCropMatrix } from '../src';
import { expectClose } from '@pose/golden-cases';
import { affineOf, parity } from './golden';

interface Inputs {
  center: Point;
  scale: Point;
  rot: number;
  output_size: Point;
  points: Point[];
}
type Expected = Record<'matrix' | 'inverse_exact' | 'points', number[][]>;

parity<Inputs, Expected>('mmpose_udp', ({ inputs, expected, check }) => {
  const { center, scale, rot: rotation, output_size: outputSize } = inputs;
  const matrix = udpCropMatrix({ center, scale, rotation, outputSize });
  check('matrix', matrix, expected.matrix);
  check('inverse_exact', invertAffine(affineOf(expected.matrix)), expected.inverse_exact);
  check(
    'points',
    inputs.points.flatMap((point) => transformPoint(point, matrix)),
    expected.points,
  );
});

describe('udpCropMatrix(options)', () => {
  const options = { center: [100, 80], scale: [100, 50], outputSize: [201, 301] } as const;

  test('puts the sides of the region on the centres of the outer pixels', () => {
    const matrix = udpCropMatrix(options);
    expect(transformPoint([50, 55], matrix)).toEqual([0, 0]);
    expect(transformPoint([150, 105], matrix)).toEqual([200, 300]);
  });

  test('turns the picture clockwise, cropMatrix counter-clockwise', () => {
    const square = { ...options, scale: [100, 100], outputSize: [201, 201], rotation: 90 } as const;
    const right: Point = [150, 80];
    const [below, above] = [udpCropMatrix(square), cropMatrix({ ...square, pixelStd: 1 })];
    expectClose(transformPoint(right, below), [100, 200], [1e-3, 0], 'a point on the right');
    expectClose(transformPoint(right, above), [100.5, 0], [1e-3, 0], 'a point on the right');
  });

  test('refuses a region without extent, a crop one pixel wide, and NaN', () => {
    expect(() => udpCropMatrix({ ...options, scale: [5, 0] })).toThrow('for scale[1] but received 0');
    expect(() => udpCropMatrix({ ...options, outputSize: [5, 1] })).toThrow('for outputSize[1] - 1 but received 0');
    expect(() => udpCropMatrix({ ...options, center: [5, NaN] })).toThrow(AugmentError);
  });
});
