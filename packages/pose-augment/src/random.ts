import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';
import { AugmentError } from './augment-error';

/** The two kinds of draws that augmentation takes. */
export interface Random {
  /** Uniform in [0, 1), a multiple of 2^-53. */
  uniform(): number;
  /** Standard normal. */
  normal(): number;
  /** The same stream for the draws of one step of a `pipeline`; generators that keep account of the draws have it. */
  forStep?(step: string): Random;
}

/**
 * A generator (xoroshiro128+, from pure-rand) whose numbers depend on the seed alone. Only operations that IEEE 754
 * rounds exactly are used, so they are the same bits in every JavaScript engine.
 *
 * @param seed one safe integer, or several, such as `[seed, epoch, sampleIndex]`: a stream of its own for each sample
 *             makes the numbers independent of the order of samples and of the number of workers. `7` equals `[7]`.
 * @throws AugmentError when the seed is empty or holds anything but safe integers
 */
export function createRandom(seed: number | readonly number[]): Random {
  const generator = xoroshiro128plusFromState(stateOf(typeof seed === 'number' ? [seed] : seed));
  const uniform = (): number => uniformFloat64(generator);
  return { uniform, normal: () => polar(uniform) };
}

/** Four 32-bit lanes, each a chain of bijective steps over the words of the seed: seeds of one length differing in one word never meet. */
function stateOf(seed: readonly number[]): number[] {
  if (seed.length === 0 || !seed.every(Number.isSafeInteger)) {
    throw new AugmentError(`Expected a safe integer or a list of them as seed but received [${seed.join(', ')}]`);
  }
  const state = [0x9e3779b9 | 0, 0x243f6a88, 0xb7e15162 | 0, 0x6a09e667];
  const words = [seed.length, ...seed.flatMap((value) => [value | 0, Math.floor(value / 2 ** 32) | 0])];
  for (const word of words) {
    for (let lane = 0; lane < 4; lane++) state[lane] = scramble((state[lane] ^ word) + lane * 0x3c6ef372);
  }
  return state;
}

/** The finalizer of MurmurHash3 (Appleby, MurmurHash3.cpp, fmix32). */
function scramble(value: number): number {
  let h = value;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

/** Marsaglia's polar method; the second number of each pair is dropped, so that a draw leaves no hidden state behind. */
function polar(uniform: () => number): number {
  for (;;) {
    const u = 2 * uniform() - 1;
    const v = 2 * uniform() - 1;
    const s = u * u + v * v;
    if (s > 0 && s < 1) return u * Math.sqrt((-2 * naturalLog(s)) / s);
  }
}

/** ln x for 0 < x < 1. Math.log may differ in the last bit between engines, these steps may not. */
function naturalLog(x: number): number {
  let mantissa = x;
  let exponent = 0;
  while (mantissa < Math.SQRT1_2) {
    mantissa *= 2;
    exponent--;
  }
  const z = (mantissa - 1) / (mantissa + 1); // |z| < 0.172, so z^25 / 25 is below 1e-20
  let sum = 0;
  for (let n = 23; n >= 1; n -= 2) sum = sum * z * z + 1 / n;
  return exponent * Math.LN2 + 2 * z * sum;
}
