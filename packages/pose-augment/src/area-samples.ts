import { AugmentError } from './augment-error';
import type { Affine } from './types';

/** A matrix for a reduction by a whole factor, inverted, should not ask for one sample more than the factor. */
const ROUNDING = 1e-9;

/** Along one side of a pixel, whose million samples then take some 20 ms. */
const MOST = 1024;

/**
 * How many bilinear values the 'area' interpolation takes in each pixel of the result: along its row, and along its
 * column; so many that neighbours are at most one source pixel apart. 1, 1 is 'bilinear'.
 *
 * @param inverse result pixels to source pixels
 * @throws AugmentError when there would be more than 1024 along one side
 */
export function areaSamples([a, b, , d, e]: Affine): [number, number] {
  return [sampleCount(Math.hypot(a, d)), sampleCount(Math.hypot(b, e))];
}

function sampleCount(length: number): number {
  if (!(length <= MOST)) {
    throw new AugmentError(
      `Expected a pixel of an 'area' warp to cover at most ${MOST} source pixels on a side but it covers ${length}`,
    );
  }
  return Math.max(1, Math.ceil(length * (1 - ROUNDING)));
}
