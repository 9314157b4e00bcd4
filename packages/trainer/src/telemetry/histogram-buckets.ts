const { floor, min: smaller } = Math;

/** DEFAULT_BUCKET_COUNT of TensorBoard's histogram summary. */
const BUCKETS = 30;

/** How values are spread. Bucket i holds what lies above the limit of the bucket before, up to `limits[i]`. */
export interface Histogram {
  min: number;
  max: number;
  /** How many values there are. */
  count: number;
  sum: number;
  sumOfSquares: number;
  /** Right edge of each bucket, ascending; the last one is `max`. */
  limits: number[];
  /** Values in each bucket. */
  counts: number[];
}

/**
 * 30 buckets of equal width from the least value to the largest, as TensorBoard makes them
 * (tensorboard/plugins/histogram/summary_v2.py); where all values are the same, all are in the last bucket.
 *
 * @param values  what is not finite has no place in a bucket and is left out
 * @returns no bucket and zeros where there is no finite value
 */
export function histogramBuckets(values: Float32Array): Histogram {
  const { isFinite } = Number;
  let [min, max, count, sum, sumOfSquares] = [Infinity, -Infinity, 0, 0, 0];
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (!isFinite(value)) continue;
    if (value < min) min = value;
    if (value > max) max = value;
    count++;
    sum += value;
    sumOfSquares += value * value;
  }
  if (count === 0) return { min: 0, max: 0, count, sum, sumOfSquares, limits: [], counts: [] };
  const width = (max - min) / BUCKETS;
  const counts = new Array<number>(BUCKETS).fill(0);
  for (let i = 0; i < values.length; i++) {
    if (!isFinite(values[i])) continue;
    counts[width > 0 ? smaller(floor((values[i] - min) / width), BUCKETS - 1) : BUCKETS - 1]++;
  }
  const limits = counts.map((_, i) => (i === BUCKETS - 1 ? max : min + (i + 1) * width));
  return { min, max, count, sum, sumOfSquares, limits, counts };
}
