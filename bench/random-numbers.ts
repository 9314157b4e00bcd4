export type Random = () => number;

/** Numbers of [0, 1) by the linear congruential generator of Numerical Recipes (section 7.1, "quick and dirty"). */
export function randomNumbers(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
