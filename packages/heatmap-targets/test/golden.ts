import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Cases in the format of the golden files: those of POSE_GOLDEN/pipeline when it is set, else this package's fixtures. */
const shared = process.env.POSE_GOLDEN;
const folder = shared ? join(shared, 'pipeline') : join(__dirname, 'fixtures');

type Tolerance = readonly [absolute: number, relative: number];

interface GoldenFile {
  tolerance: { default: Tolerance; fields: Record<string, Tolerance>; sums_rel?: number };
  cases: { name: string; kind: string; inputs: unknown; expected: unknown }[];
}

/** A large array in short: sums, extremes and samples, in row-major order of `shape`. */
export interface Summary {
  shape: number[];
  sum: number;
  abs: number;
  wsum: number;
  nnz?: number;
  max: number;
  min: number;
  idx: number[];
  val: number[];
}

export interface Golden<Inputs, Expected> {
  inputs: Inputs;
  expected: Expected;
  /** fails unless every number is within the file's tolerance for `kind.field` */
  check(field: string, got: ArrayLike<number>, expected: readonly number[]): void;
  checkSummary(field: string, got: ArrayLike<number>, expected: Summary): void;
}

const files = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as GoldenFile);

/** One test per case of a kind. */
export function parity<Inputs, Expected>(kind: string, run: (golden: Golden<Inputs, Expected>) => void): void {
  describe(`parity with ${kind}`, () => {
    let count = 0;
    for (const { tolerance, cases } of files) {
      for (const { name, inputs, expected } of (cases ?? []).filter((each) => each.kind === kind)) {
        count++;
        const of = (field: string) => tolerance.fields[`${kind}.${field}`] ?? tolerance.default;
        const check: Golden<Inputs, Expected>['check'] = (field, got, wanted) =>
          expectClose(got, wanted, of(field), field);
        const checkSummary: Golden<Inputs, Expected>['checkSummary'] = (field, got, wanted) =>
          expectSummary(got, wanted, of(field), tolerance.sums_rel ?? 5e-6, field);
        test(name, () => run({ inputs: inputs as Inputs, expected: expected as Expected, check, checkSummary }));
      }
    }
    if (count === 0) (shared ? test.skip : test)('has cases', () => expect(count).toBeGreaterThan(0));
  });
}

export function expectClose(
  got: ArrayLike<number>,
  wanted: readonly number[],
  [abs, rel]: Tolerance,
  label: string,
): void {
  expect({ label, length: got.length }).toEqual({ label, length: wanted.length });
  for (let i = 0; i < wanted.length; i++) {
    if (!(Math.abs(got[i] - wanted[i]) <= abs + rel * Math.abs(wanted[i]))) {
      throw new Error(`${label}[${i}]: expected ${wanted[i]} (+- ${abs} + ${rel} relative) but got ${got[i]}`);
    }
  }
}

function expectSummary(got: ArrayLike<number>, wanted: Summary, tolerance: Tolerance, sumsRel: number, label: string) {
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
