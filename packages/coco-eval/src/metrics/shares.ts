/** Shares of hits, and their mean over those that have a sample. */
export interface Shares {
  /** Mean of `shares` over those that have a sample, 0 where none has. */
  readonly average: number;
  /** hits / samples, -1 without a sample. */
  readonly shares: readonly number[];
  /** How many have a sample. */
  readonly count: number;
}

/** Hits as shares of samples, place by place. */
export function toShares(hits: Float64Array, samples: Float64Array): Shares {
  const shares = Array.from(hits, (n, i) => (samples[i] > 0 ? n / samples[i] : -1));
  const counted = shares.filter((share) => share >= 0);
  const sum = counted.reduce((total, share) => total + share, 0);
  return { average: counted.length > 0 ? sum / counted.length : 0, shares, count: counted.length };
}
