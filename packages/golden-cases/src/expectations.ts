export type Tolerance = readonly [absolute: number, relative: number];
export type Nested = number | readonly Nested[];

/** A large array in short: sums, extremes and samples, in row-major order of `shape`. */
export interface Summary {
  shape: number[];
  sum: number;
  abs: number;
  /** Sum of value times ((i * 0x9e3779b1) mod 2^32) / 2^32. */
  wsum: number;
  nnz?: number;
  max: number;
  min: number;
  idx: number[];
  val: number[];
}

/** Fails unless every number is within the tolerance. */
export function expectClose(got: ArrayLike<number>, expected: Nested, [abs, rel]: Tolerance, label: string): void {
  const wanted = flatten(expected);
  expect({ label, length: got.length }).toEqual({ label, length: wanted.length });
  for (let i = 0; i < wanted.length; i++) {
    if (!(Math.abs(got[i] - wanted[i]) <= abs + rel * Math.abs(wanted[i]))) {
      throw new Error(`${label}[${i}]: expected ${wanted[i]} (+- ${abs} + ${rel} relative) but got ${got[i]}`);
    }
  }
}

/** Fails unless the array's sums are within `sumsRel` of its magnitude, and extremes and samples within the tolerance. */
export function expectSummary(
  got: ArrayLike<number>,
  wanted: Summary,
  tolerance: Tolerance,
  sumsRel: number,
  label: string,
): void {
  const found = { sum: 0, abs: 0, wsum: 0, nnz: 0, max: -Infinity, min: Infinity };
  for (let i = 0; i < got.length; i++) {
    found.sum += got[i];
    found.abs += Math.abs(got[i]);
    found.wsum += got[i] * ((Math.imul(i, 0x9e3779b1) >>> 0) / 2 ** 32);
    if (got[i] !== 0) found.nnz++;
    found.max = Math.max(found.max, got[i]);
    found.min = Math.min(found.min, got[i]);
  }
  expect({ label, length: got.length }).toEqual({ label, length: wanted.shape.reduce((a, b) => a * b) });
  for (const key of ['sum', 'abs', 'wsum'] as const) {
    const allowed = sumsRel * Math.max(1, wanted.abs);
    expectClose([found[key]], [wanted[key]], [allowed, 0], `${label}.${key}`);
  }
  if (wanted.nnz !== undefined) expect({ label, nnz: found.nnz }).toEqual({ label, nnz: wanted.nnz });
  expectClose([found.max, found.min], [wanted.max, wanted.min], tolerance, `${label}.max, min`);
  expectClose(
    wanted.idx.map((i) => got[i]),
    wanted.val,
    tolerance,
    label,
  );
}

function flatten(values: Nested): number[] {
  return typeof values === 'number' ? [values] : values.flatMap(flatten);
}
