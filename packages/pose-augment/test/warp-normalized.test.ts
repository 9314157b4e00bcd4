import fc from 'fast-check';
import {
  type Affine,
  AugmentError,
  cropMatrix,
  type Image,
  IMAGENET_MEAN,
  IMAGENET_STD,
  warpAffine,
  warpNormalized,
  type WarpOptions,
} from '../src';
import { imageByFormula } from './golden';
import { mirrored } from './plain-warp';
import { anyOptions } from './warp-cases';

/** The plain twin: a crop of bytes, then each byte normalised. */
function twoSteps(image: Image, matrix: Affine, size: readonly [number, number], options: WarpOptions = {}): number[] {
  const { data } = warpAffine(image, matrix, size, options);
  return Array.from(data, (v, i) => Math.fround((v / 255 - IMAGENET_MEAN[i % 3]) / IMAGENET_STD[i % 3]));
}

const image = imageByFormula('formula', 41, 30);
const matrix = fc
  .record({
    center: fc.tuple(fc.double({ min: -5, max: 45, noNaN: true }), fc.double({ min: -5, max: 35, noNaN: true })),
    scale: fc.tuple(fc.double({ min: 0.02, max: 0.5, noNaN: true }), fc.constant(1)),
    rotation: fc.double({ min: -180, max: 180, noNaN: true }),
  })
  .map((region) => cropMatrix({ ...region, outputSize: [24, 32] }));

describe('warpNormalized(image, matrix, size, options, into)', () => {
  test('equals warping and then normalising, to the bit, whatever the options of the warp', () => {
    fc.assert(
      fc.property(matrix, anyOptions, (m, options) => {
        expect(Array.from(warpNormalized(image, m, [24, 32], options))).toEqual(twoSteps(image, m, [24, 32], options));
      }),
    );
  });

  test('with flip equals a mirrored copy, to the bit', () => {
    fc.assert(
      fc.property(matrix, (m) => {
        expect(Array.from(warpNormalized(image, m, [24, 32], { flip: true }))).toEqual(
          twoSteps(mirrored(image), m, [24, 32]),
        );
      }),
    );
  });

  test('takes its own mean and std, and fills into', () => {
    const into = new Float32Array(12).fill(NaN);
    const options = { mean: [0, 0.5, 1], std: [1, 0.5, 0.25] } as const;
    expect(warpNormalized(image, [1, 0, 3, 0, 1, 0], [4, 1], options, into)).toBe(into);
    expect(Array.from(into.subarray(0, 9))).toEqual([0, -1, -4, 0, -1, -4, 0, -1, -4]);
    expect(into[9]).toBe(Math.fround(image.data[0] / 255));
  });

  test('refuses a standard deviation of 0, a short into, a broken image', () => {
    const identity: Affine = [1, 0, 0, 0, 1, 0];
    expect(() => warpNormalized(image, identity, [4, 4], { std: [1, 0, 1] })).toThrow(
      'Expected a positive number for std[1] but received 0',
    );
    expect(() => warpNormalized(image, identity, [4, 4], { mean: [0, NaN, 0] })).toThrow(AugmentError);
    expect(() => warpNormalized(image, identity, [4, 4], {}, new Float32Array(3))).toThrow(
      'Expected room for 48 floats in into but found 3',
    );
    expect(() => warpNormalized({ ...image, data: new Uint8Array(5) }, identity, [4, 4])).toThrow(
      'Expected 3690 bytes',
    );
  });
});
