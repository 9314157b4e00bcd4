import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { useEngine } from '../../src/use-engine';
import { ENGINES } from '../support/engines';
import { gradientErrors, type Op } from '../support/gradient-check';
import { bilinear, nearestNeighbor, type Resizing } from '../support/resizing';

const size = fc.integer({ min: 1, max: 6 });
const resizings: fc.Arbitrary<Resizing> = fc
  .record({
    xShape: fc.tuple(fc.constantFrom(1, 2), size, size, fc.constantFrom(1, 2, 5)),
    size: fc.tuple(size, size),
    sampling: fc.constantFrom<[boolean, boolean]>([false, false], [true, false], [false, true]),
  })
  .map(({ sampling: [alignCorners, halfPixelCenters], ...sizes }) => ({ ...sizes, alignCorners, halfPixelCenters }));

const resizeBilinear = (r: Resizing): Op => ({
  shapes: [r.xShape],
  op: (x) => tf.image.resizeBilinear(x as tf.Tensor4D, r.size, r.alignCorners, r.halfPixelCenters),
  obvious: bilinear(r),
});

const resizeNearestNeighbor = (r: Resizing): Op => ({
  shapes: [r.xShape],
  op: (x) => tf.image.resizeNearestNeighbor(x as tf.Tensor4D, r.size, r.alignCorners, r.halfPixelCenters),
  obvious: nearestNeighbor(r),
});

describe.each(ENGINES)('on %s, output and gradient equal plain loops and their central differences:', (engine) => {
  beforeAll(() => useEngine({ prefer: engine }));

  test('tf.image.resizeBilinear, half-pixel centres, corners aligned, neither', () => {
    fc.assert(
      fc.property(resizings, fc.nat(1000), (r, seed) => {
        expect(Math.max(...gradientErrors(resizeBilinear(r), seed))).toBeLessThan(1e-5);
      }),
      { numRuns: 40 },
    );
  });

  test('tf.image.resizeNearestNeighbor, half-pixel centres, corners aligned, neither', () => {
    fc.assert(
      fc.property(resizings, fc.nat(1000), (r, seed) => {
        expect(Math.max(...gradientErrors(resizeNearestNeighbor(r), seed))).toBeLessThan(1e-5);
      }),
      { numRuns: 40 },
    );
  });

  test('a nearest neighbour on the border of two pixels is the same forwards and backwards', () => {
    // Position 24 of 49 over 2 pixels is 0.99999994 or 1, as float32 or float64 have it.
    for (const [inSize, outSize] of [
      [2, 41],
      [2, 49],
      [14, 46],
      [21, 69],
    ]) {
      const copies = (x: tf.Tensor) => tf.image.resizeNearestNeighbor(x as tf.Tensor4D, [outSize, 1], false, true);
      const [taken, gradient] = tf.tidy(() => {
        const x = tf.tensor4d(
          Float32Array.from({ length: inSize }, (_, i) => i),
          [1, inSize, 1, 1],
        );
        return [copies(x).dataSync(), tf.grad(copies)(x).dataSync()];
      });
      expect([...gradient]).toEqual(Array.from(gradient, (_, i) => taken.filter((pixel) => pixel === i).length));
    }
  });
});
