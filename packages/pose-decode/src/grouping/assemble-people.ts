import type { Connection } from './connect-peaks';
import type { Peaks } from './find-peaks';

/** Someone whom limbs are joining. */
interface Assembly {
  /** index of the peak of each keypoint, -1 where there is none */
  parts: Int32Array;
  /** sum of the scores of keypoints and limbs */
  total: number;
  count: number;
}

interface Begun extends Assembly {
  /** how many people were begun before */
  place: number;
}

/**
 * People out of limbs, as `groupPeople` describes it. Who holds a peak is kept with the peak, so that the time for a limb
 * does not depend on the number of people.
 */
export function assemblePeople(
  limbs: readonly (readonly [number, number])[],
  order: readonly number[],
  connections: readonly Connection[][],
  { points, starts }: Peaks,
): Assembly[] {
  const people = new Set<Begun>(); // in the order in which they were begun
  const holders: Begun[][] = Array.from({ length: points.length / 3 }, () => []);
  const scoreOf = (peak: number) => points[3 * peak + 2];
  const give = (person: Begun, keypoint: number, peak: number) => {
    const before = person.parts[keypoint];
    if (before >= 0) holders[before] = holders[before].filter((holder) => holder !== person);
    person.parts[keypoint] = peak;
    holders[peak].push(person);
  };
  const begin = () => {
    const person = { parts: new Int32Array(starts.length - 1).fill(-1), total: 0, count: 0, place: begun++ };
    people.add(person);
    return person;
  };
  let begun = 0;

  function join([a, b]: readonly [number, number], { from, to, score }: Connection): void {
    const touched = [...holders[from], ...holders[to].filter(({ parts }) => parts[a] !== from)];
    if (touched.length > 2) return;
    const [first = begin(), second] = touched.sort((one, other) => one.place - other.place);
    if (touched.length === 0) {
      give(first, a, from);
      give(first, b, to);
      first.count = 2;
      first.total = scoreOf(from) + scoreOf(to) + score;
    } else if (second && first.parts.every((peak, k) => peak < 0 || second.parts[k] < 0)) {
      people.delete(second);
      second.parts.forEach((peak, k) => {
        if (peak < 0) return;
        holders[peak] = holders[peak].filter((holder) => holder !== second);
        give(first, k, peak);
      });
      first.count += second.count;
      first.total += second.total + score;
    } else if (second || first.parts[b] !== to) {
      give(first, b, to);
      first.count += 1;
      first.total += scoreOf(to) + score;
    }
  }

  for (const limb of order) for (const connection of connections[limb]) join(limbs[limb], connection);
  return [...people];
}
