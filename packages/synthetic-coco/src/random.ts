import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** A seeded generator with the draws that scenes need. Every draw advances the same stream. */
export class Random {
  private readonly generator: ReturnType<typeof xoroshiro128plus>;

  constructor(seed: number) {
    this.generator = xoroshiro128plus(seed);
  }

  /** Uniform in [low, high). */
  uniform(low: number, high: number): number {
    return low + (high - low) * uniformFloat64(this.generator);
  }

  /** Whole number, uniform in [low, high]. */
  int(low: number, high: number): number {
    return uniformInt(this.generator, low, high);
  }

  chance(probability: number): boolean {
    return uniformFloat64(this.generator) < probability;
  }

  /** Normal (Box-Muller), cut at two and a half deviations so that no joint leaves its human range. */
  normal(mean: number, deviation: number): number {
    const radius = Math.sqrt(-2 * Math.log(1 - uniformFloat64(this.generator)));
    const z = radius * Math.cos(2 * Math.PI * uniformFloat64(this.generator));
    return mean + deviation * Math.max(-2.5, Math.min(2.5, z));
  }

  pick<T>(items: readonly T[]): T {
    return items[this.int(0, items.length - 1)];
  }

  sign(): 1 | -1 {
    return this.chance(0.5) ? 1 : -1;
  }

  /** A key of `weights`, with probability proportional to its value. */
  weighted<K extends string>(weights: Readonly<Record<K, number>>): K {
    const entries = Object.entries(weights) as [K, number][];
    let left = this.uniform(
      0,
      entries.reduce((sum, entry) => sum + entry[1], 0),
    );
    for (const [key, weight] of entries) {
      left -= weight;
      if (left < 0) return key;
    }
    return entries[entries.length - 1][0];
  }
}

/**
 * The generator of one image, a function of (seed, split, index) alone: asking for more images never changes the
 * earlier ones. The mixing is MurmurHash3's 32-bit finaliser over each word.
 */
export function sceneRandom(seed: number, split: string, index: number): Random {
  let hash = mix(0x2f6b9e1d, seed >>> 0);
  hash = mix(hash, Math.floor(seed / 2 ** 32) >>> 0);
  for (const character of split) hash = mix(hash, character.charCodeAt(0));
  return new Random(mix(hash, index >>> 0) | 0);
}

function mix(hash: number, word: number): number {
  let h = (Math.imul(hash, 31) ^ word) >>> 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
