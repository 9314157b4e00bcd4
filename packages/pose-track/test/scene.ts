import type { Person } from '../src/index';

/** A standing person 100 wide and 200 high around (0, 0) as [x, y], in COCO's order from nose to ankles. */
const STANDING = [
  [0, -90], [5, -95], [-5, -95], [12, -92], [-12, -92], [30, -60], [-30, -60], [42, -20], [-42, -20],
  [50, 15], [-50, 15], [20, 10], [-20, 10], [22, 55], [-22, 55], [24, 105], [-24, 105],
]; // prettier-ignore

/** A person whose middle is at (x, y), all keypoints scored 0.9; `noise` is added to each coordinate. */
export function standingAt(x: number, y: number, noise: () => number = () => 0): Person & { keypoints: number[] } {
  return { keypoints: STANDING.flatMap(([dx, dy]) => [x + dx + noise(), y + dy + noise(), 0.9]), score: 0.8 };
}

/** Uniform numbers in [0, 1) from a seed (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Gaussian numbers of a standard deviation (Box-Muller). */
export function gaussianNumbers(random: () => number, deviation: number): () => number {
  return () => deviation * Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
