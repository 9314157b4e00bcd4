type Limb = readonly [from: number, to: number];

/**
 * Limbs in the order and direction in which they can join people: outward from one keypoint, as `groupPeople` gives a
 * person only the second keypoint of a limb. Those of a skeleton for drawing are in any order.
 *
 * @param limbs  pairs of keypoint indices
 * @returns the same limbs, breadth first from the first one, its first keypoint the root
 */
export function outwardLimbs(limbs: readonly Limb[]): Limb[] {
  const [reached, ordered] = [new Set<number>(), [] as Limb[]];
  let left = [...limbs];
  while (left.length > 0) {
    const next = left.filter(([a, b]) => reached.has(a) || reached.has(b));
    // Nothing is attached to what was reached: a part of the skeleton that stands alone begins.
    if (next.length === 0) reached.add(left[0][0]);
    const before = new Set(reached);
    ordered.push(...next.map(([a, b]): Limb => (before.has(a) ? [a, b] : [b, a])));
    for (const limb of next) limb.forEach((keypoint) => reached.add(keypoint));
    left = left.filter((limb) => !next.includes(limb));
  }
  return ordered;
}
