/** An index of -1 to 1 is sorted in steps of a thousandth. */
const STEPS = 1000;

/**
 * Spreads easy, medium and hard samples evenly over an order: the samples with the lowest index are the easy stratum,
 * those with the highest the hard one, and every stretch of the order, so every batch, holds the strata in about the
 * proportion in which the whole does. Within a stratum the samples keep the given order, which also decides between
 * equal indices.
 *
 * @param places samples in a shuffled order
 * @param index difficulty index by place, -1 to 1
 * @param easyShare share of `places` in the easy stratum, rounded to whole samples; so with hardShare
 * @returns the same places, shape [places.length]
 */
export function stratifiedOrder(
  places: Uint32Array,
  index: Float32Array,
  easyShare: number,
  hardShare: number,
): Uint32Array {
  const count = places.length;
  const { round } = Math;
  // A counting sort; `rankOf[level]` goes from the rank of the level's first sample to that of its last.
  const level = new Uint16Array(count);
  const rankOf = new Uint32Array(2 * STEPS + 2);
  for (let i = 0; i < count; i++) {
    level[i] = round((index[places[i]] + 1) * STEPS);
    rankOf[level[i] + 1]++;
  }
  for (let l = 1; l < rankOf.length; l++) rankOf[l] += rankOf[l - 1];
  const easy = round(easyShare * count);
  const firstHard = count - Math.min(round(hardShare * count), count - easy);
  const stratumAt = new Uint8Array(count);
  for (let i = 0; i < count; i++) {
    const rank = rankOf[level[i]]++;
    stratumAt[i] = rank < easy ? 0 : rank < firstHard ? 1 : 2;
  }

  const sizes = [easy, firstHard - easy, count - firstHard];
  const strata = sizes.map((size) => new Uint32Array(size));
  const taken = [0, 0, 0];
  for (let i = 0; i < count; i++) strata[stratumAt[i]][taken[stratumAt[i]]++] = places[i];

  // Sample j of a stratum of S stands at (j + 1/2) / S of the way; the strata are merged by that.
  const order = new Uint32Array(count);
  taken.fill(0);
  const way = (stratum: number): number => (taken[stratum] + 0.5) / sizes[stratum];
  for (let i = 0; i < count; i++) {
    let next = -1;
    for (let s = 0; s < 3; s++) if (taken[s] < sizes[s] && (next < 0 || way(s) < way(next))) next = s;
    order[i] = strata[next][taken[next]++];
  }
  return order;
}
