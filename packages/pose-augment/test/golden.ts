import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Affine, Image } from '../src';

/** Cases in the format of the golden files: those of POSE_GOLDEN/pipeline when it is set, else this package's fixtures. */
const shared = process.env.POSE_GOLDEN;
const folder = shared ? join(shared, 'pipeline') : join(__dirname, 'fixtures');

export type Tolerance = readonly [absolute: number, relative: number];
export type Nested = number | readonly Nested[];

interface GoldenFile {
  tolerance: {
    default: Tolerance;
    fields: Record<string, Tolerance>;
    strict?: Record<string, Tolerance>;
    exact_float_against_cv4?: Tolerance;
  };
  cases: { name: string; kind: string; inputs: unknown; expected: unknown }[];
}

export interface Golden<Inputs, Expected> {
  inputs: Inputs;
  expected: Expected;
  /** fails unless every number is within the file's tolerance for `kind.field` */
  check(field: string, got: ArrayLike<number>, expected: Nested): void;
  tolerance: GoldenFile['tolerance'];
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
        const check: Golden<Inputs, Expected>['check'] = (field, got, wanted) =>
          expectClose(got, wanted, tolerance.fields[`${kind}.${field}`] ?? tolerance.default, field);
        test(name, () => run({ inputs: inputs as Inputs, expected: expected as Expected, check, tolerance }));
      }
    }
    if (count === 0) (shared ? test.skip : test)('has cases', () => expect(count).toBeGreaterThan(0));
  });
}

export function expectClose(got: ArrayLike<number>, expected: Nested, [abs, rel]: Tolerance, label: string): void {
  const wanted = flatten(expected);
  expect({ label, length: got.length }).toEqual({ label, length: wanted.length });
  for (let i = 0; i < wanted.length; i++) {
    if (!(Math.abs(got[i] - wanted[i]) <= abs + rel * Math.abs(wanted[i]))) {
      throw new Error(`${label}[${i}]: expected ${wanted[i]} (+- ${abs} + ${rel} relative) but got ${got[i]}`);
    }
  }
}

function flatten(values: Nested): number[] {
  return typeof values === 'number' ? [values] : values.flatMap(flatten);
}

/** The pictures of SPEC.md 0.4. */
export function imageByFormula(name: 'formula' | 'smooth', width: number, height: number): Image {
  const value = {
    formula: (x: number, y: number, c: number) => (x * 7 + y * 13 + c * 29 + ((x * y) >> 3)) & 255,
    smooth: (x: number, y: number, c: number) =>
      127.5 + 80 * Math.sin((x * (3 + c) + y * 2) / 61) + 40 * Math.cos((x * 2 - y * (5 + c)) / 23),
  }[name];
  const data = new Uint8Array(width * height * 3);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      for (let c = 0; c < 3; c++, i++) data[i] = Math.min(Math.max(Math.floor(value(x, y, c)), 0), 255);
    }
  }
  return { data, width, height, channels: 3 };
}

export function affineOf(rows: readonly (readonly number[])[]): Affine {
  return rows.flat() as unknown as Affine;
}

export function tripletsOf(joints: readonly (readonly number[])[], visible: readonly number[]): number[] {
  return joints.flatMap(([x, y], k) => [x, y, visible[k]]);
}

/** x and y of triplets. */
export function positionsOf(triplets: readonly number[]): number[] {
  return triplets.filter((_, i) => i % 3 < 2);
}
