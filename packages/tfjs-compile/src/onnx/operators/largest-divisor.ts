/** Of `count`, not above `most`. */
export function largestDivisor(count: number, most: number): number {
  let divisor = Math.max(1, Math.min(count, Math.floor(most)));
  while (count % divisor !== 0) divisor--;
  return divisor;
}
