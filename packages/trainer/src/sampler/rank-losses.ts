/** How a sample's loss ranked within its batch; 0 stands for a sample that was not seen. */
export const EASY = 1;
export const MEDIUM = 2;
export const HARD = 3;

/**
 * Ranks the losses of a batch: the lowest are easy, the highest hard, the others medium. Of equal losses the one
 * that stands first in the batch counts as the lower. Two samples or one have no middle: they are medium.
 *
 * @param losses one per sample, finite
 * @param easyShare share of the batch that is easy, rounded to whole samples; so with hardShare
 * @returns EASY, MEDIUM or HARD per sample, shape [losses.length]
 */
export function rankLosses(losses: ArrayLike<number>, easyShare: number, hardShare: number): Uint8Array {
  const count = losses.length;
  const ranks = new Uint8Array(count).fill(MEDIUM);
  if (count < 3) return ranks;
  const ascending = Array.from(losses, (_, place) => place).sort((a, b) => losses[a] - losses[b]);
  const easy = Math.round(easyShare * count);
  const hard = Math.min(Math.round(hardShare * count), count - easy);
  for (const place of ascending.slice(0, easy)) ranks[place] = EASY;
  for (const place of ascending.slice(count - hard)) ranks[place] = HARD;
  return ranks;
}
