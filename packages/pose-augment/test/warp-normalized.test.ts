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
} from '../src';
import { expectClose } from '@pose/golden-cases';
import { imageByFormula } from './golden';

/** The plain twin: a crop of bytes, then each byte normalised. */
function twoSteps(image: Image, matrix: Affine, size: readonly [number, number]): number[] {
  const { data } = warpAffine(image, matrix, size);
  return Array.from(data, (v, i) => Math.fround((v / 255 - IMAGENET_MEAN[i % 3]) / IMAGENET_STD[i % 3]));
}

function mirrored(image: Image): Image {
  const data = new Uint8Array(image.data.length);
  for (let i = 0; i < data.length; i++) {
    const [pixel, c] = [Math.floor(i / 3), i % 3];
    const [x, y] = [pixel % image.width, Math.floor(pixel / image.width)];
    data[i] = image.data[(y * image.width + image.width - 1 - x) * 3 + c];
  }
  return { ...image, data };
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
  test('equals warping and then normalising, to the bit', () => {
    fc.assert(
      fc.property(matrix, (m) => {
        expect(Array.from(warpNormalized(image, m, [24, 32]))).toEqual(twoSteps(image, m, [24, 32]));
      }),
    );
  });

  test('with flip equals a mirrored copy: exactly for whole steps, within one grey level elsewhere', () => {
    const whole: Affine = [1, 0, -3, 0, 1, 2];
    expect(Array.from(warpNormalized(image, whole, [24, 32], { flip: true }))).toEqual(
      twoSteps(mirrored(image), whole, [24, 32]),
    );
    fc.assert(
      fc.property(matrix, (m) => {
        const expected = twoSteps(mirrored(image), m, [24, 32]);
        expectClose(warpNormalized(image, m, [24, 32], { flip: true }), expected, [1 / 255 / 0.224 + 1e-6, 0], 'pixel');
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
