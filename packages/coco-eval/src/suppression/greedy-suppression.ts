export interface SoftNmsResult {
  /** Indices of those kept, in the order of their picking. */
  readonly kept: number[];
  /** Their scores when they were picked. */
  readonly scores: number[];
}

/**
 * Greedy non-maximum suppression: the best scored is kept and drops some of the others, then the best of what is left,
 * and so on. Equal scores keep the order of the list.
 *
 * @param drops whether the one that is kept drops another
 * @returns a group of indices for each one kept, by falling score: itself, then those that it drops, by falling score
 */
export function suppressionGroups(
  scores: readonly number[],
  drops: (kept: number, other: number) => boolean,
): number[][] {
  const order = scores.map((_, i) => i).sort((one, other) => scores[other] - scores[one]);
  const isDropped = new Uint8Array(scores.length);
  const groups: number[][] = [];
  order.forEach((best, rank) => {
    if (isDropped[best]) return;
    const dropped = order.slice(rank + 1).filter((other) => !isDropped[other] && drops(best, other));
    for (const other of dropped) isDropped[other] = 1;
    groups.push([best, ...dropped]);
  });
  return groups;
}

/**
 * Greedy soft suppression: the best scored is picked, the scores of all others are multiplied by a factor, and so on.
 * Equal scores keep the order of the list.
 *
 * @param initial      the scores to begin with
 * @param factor       what the one that is picked multiplies the score of another by, 0 to 1
 * @param end.maxPicks how many are picked at most
 * @param end.minScore lowest score that is still picked
 */
export function softSuppression(
  initial: readonly number[],
  factor: (picked: number, other: number) => number,
  { maxPicks = Infinity, minScore = -Infinity }: { maxPicks?: number; minScore?: number },
): SoftNmsResult {
  const scores = initial.slice();
  const left = new Set(scores.keys());
  const result: SoftNmsResult = { kept: [], scores: [] };
  while (left.size > 0 && result.kept.length < maxPicks) {
    let best = -1;
    for (const i of left) if (best < 0 || scores[i] > scores[best]) best = i;
    if (scores[best] < minScore) break;
    left.delete(best);
    result.kept.push(best);
    result.scores.push(scores[best]);
    for (const i of left) scores[i] *= factor(best, i);
  }
  return result;
}
