import type { Color } from '../../src';

type Triplet = readonly [number, number, number];
const times = (matrix: readonly Triplet[], [x, y, z]: Triplet): Triplet =>
  matrix.map(([a, b, c]) => a * x + b * y + c * z) as unknown as Triplet;

/** Machado, Oliveira and Fernandes 2009, "A physiologically-based model for simulation of color vision deficiency": full severity. */
export const VISION: Record<string, readonly Triplet[]> = {
  usual: [[1, 0, 0], [0, 1, 0], [0, 0, 1]], // prettier-ignore
  protanopia: [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]], // prettier-ignore
  deuteranopia: [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]], // prettier-ignore
  tritanopia: [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]], // prettier-ignore
};

/** CIELAB (D65) of an sRGB colour, as seen. */
export function lab(color: Color, vision: readonly Triplet[] = VISION.usual): Triplet {
  const linear = color.map((c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
  const seen = times(vision, linear as unknown as Triplet).map((c) => Math.min(1, Math.max(0, c)));
  const xyz = times([[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.072175], [0.0193339, 0.119192, 0.9503041]], seen as unknown as Triplet); // prettier-ignore
  const [x, y, z] = xyz.map((value, i) => {
    const t = value / [0.95047, 1, 1.08883][i];
    return t > 216 / 24389 ? Math.cbrt(t) : ((24389 / 27) * t + 16) / 116;
  });
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

/** Euclidean distance in CIELAB: about 2 is just noticeable. */
export function difference(a: Color, b: Color, vision?: readonly Triplet[]): number {
  const [from, to] = [lab(a, vision), lab(b, vision)];
  return Math.hypot(...from.map((value, i) => value - to[i]));
}
