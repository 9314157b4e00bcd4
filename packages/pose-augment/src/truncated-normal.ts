import type { Random } from './random';

/**
 * A standard normal number that lies within -1..1: normal draws are taken until one does, which 68 % do.
 */
export function truncatedNormal(random: Random): number {
  for (;;) {
    const value = random.normal();
    if (Math.abs(value) <= 1) return value;
  }
}
