import { randomUniform } from './random-uniform';

/**
 * An endless stream of standard normal numbers, determined by a name and a seed ({@link randomUniform}), by
 * Marsaglia's polar method (Marsaglia and Bray 1964).
 */
export function randomNormal(name: string, seed: number): () => number {
  const uniform = randomUniform(name, seed);
  // The polar method makes two at a time.
  let spare = 0;
  let hasSpare = false;
  return () => {
    if (hasSpare) {
      hasSpare = false;
      return spare;
    }
    for (;;) {
      const u = 2 * uniform() - 1;
      const v = 2 * uniform() - 1;
      const s = u * u + v * v;
      if (s > 0 && s < 1) {
        const r = Math.sqrt((-2 * Math.log(s)) / s);
        spare = v * r;
        hasSpare = true;
        return u * r;
      }
    }
  };
}
