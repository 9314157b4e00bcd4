import fc from 'fast-check';
import type { Affine, WarpOptions } from '../src';

const thousandths = (least: number, most: number) =>
  // Decimals, for fc.double mostly draws numbers next to zero, which make no matrix that can be inverted.
  fc.integer({ min: least * 1000, max: most * 1000 }).map((n) => n / 1000);

/** Turns, scales and moves an image of about 40x30 pixels into a crop of about the same, with some shear. */
export const anyMatrix: fc.Arbitrary<Affine> = fc
  .record({
    angle: thousandths(-4, 4),
    scale: thousandths(0.1, 4),
    stretch: thousandths(0.5, 2),
    shear: thousandths(-1, 1),
    from: fc.tuple(thousandths(-20, 60), thousandths(-20, 50)),
    to: fc.tuple(thousandths(-5, 30), thousandths(-5, 30)),
  })
  .map(({ angle, scale, stretch, shear, from, to }) => {
    const [cos, sin] = [Math.cos(angle) * scale, Math.sin(angle) * scale];
    const [a, b, d, e] = [cos, cos * shear - sin * stretch, sin, sin * shear + cos * stretch];
    return [a, b, to[0] - a * from[0] - b * from[1], d, e, to[1] - d * from[0] - e * from[1]];
  });

/** Scales by powers of two and moves by sixteenths: every weight and sum is exact. */
export const exactMatrix: fc.Arbitrary<Affine> = fc
  .tuple(
    fc.constantFrom(-2, -1, -0.5, 0.5, 1, 2),
    fc.constantFrom(-2, -1, -0.5, 0.5, 1, 2),
    fc.integer({ min: -300, max: 300 }),
    fc.integer({ min: -300, max: 300 }),
  )
  .map(([a, e, c, f]) => [a, 0, c / 16, 0, e, f / 16]);

export const anySize = fc.tuple(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 20 }));

export const anyOptions: fc.Arbitrary<WarpOptions> = fc.record(
  {
    interpolation: fc.constantFrom('bilinear' as const, 'nearest' as const, 'area' as const),
    border: fc.constantFrom('constant' as const, 'replicate' as const, 'reflect101' as const),
    borderColor: fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255)),
    flip: fc.boolean(),
  },
  { requiredKeys: [] },
);
