// jest looks globals up in a sandbox, which is slow in loops.
const { abs, floor, max, min } = Math;

/** The value of a patch at (x, y), in its own pixels: cubic interpolation over all of its pixels, edges repeated. */
export function cubic(patch: number[][], x: number, y: number): number {
  const kernel = (distance: number) => {
    const d = abs(distance);
    if (d < 1) return 1.25 * d ** 3 - 2.25 * d ** 2 + 1;
    return d < 2 ? -0.75 * (d ** 3 - 5 * d ** 2 + 8 * d - 4) : 0;
  };
  let sum = 0;
  for (let j = floor(y) - 1; j <= floor(y) + 2; j++) {
    for (let i = floor(x) - 1; i <= floor(x) + 2; i++) {
      const row = patch[min(max(j, 0), patch.length - 1)];
      sum += kernel(x - i) * kernel(y - j) * row[min(max(i, 0), row.length - 1)];
    }
  }
  return sum;
}
