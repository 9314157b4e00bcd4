/** Below this many numbers numpy unrolls by eight; above, it halves. */
const BLOCK = 128;

/**
 * Sum in the order in which numpy adds contiguous doubles, so that a mean equals numpy's to the last bit
 * (numpy/_core/src/umath/loops_utils.h.src, pairwise sum).
 *
 * @param values numbers
 * @param begin  index of the first
 * @param count  how many
 */
export function pairwiseSum(values: Float64Array, begin: number, count: number): number {
  const end = begin + count;
  if (count < 8) {
    let sum = 0;
    for (let i = begin; i < end; i++) sum += values[i];
    return sum;
  }
  if (count > BLOCK) {
    const half = Math.floor(count / 2);
    const first = half - (half % 8);
    return pairwiseSum(values, begin, first) + pairwiseSum(values, begin + first, count - first);
  }
  let s0 = values[begin];
  let s1 = values[begin + 1];
  let s2 = values[begin + 2];
  let s3 = values[begin + 3];
  let s4 = values[begin + 4];
  let s5 = values[begin + 5];
  let s6 = values[begin + 6];
  let s7 = values[begin + 7];
  const unrolled = end - (count % 8);
  let i = begin + 8;
  for (; i < unrolled; i += 8) {
    s0 += values[i];
    s1 += values[i + 1];
    s2 += values[i + 2];
    s3 += values[i + 3];
    s4 += values[i + 4];
    s5 += values[i + 5];
    s6 += values[i + 6];
    s7 += values[i + 7];
  }
  let sum = s0 + s1 + (s2 + s3) + (s4 + s5 + (s6 + s7));
  for (; i < end; i++) sum += values[i];
  return sum;
}
