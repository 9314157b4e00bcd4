import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Cases in the format of the golden files: those of POSE_GOLDEN/pipeline when it is set, else this package's fixtures. */
const shared = process.env.POSE_GOLDEN;
const folder = shared ? join(shared, 'pipeline') : join(__dirname, 'fixtures');

export type Nested = number | readonly Nested[];

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
  check(field: string, got: ArrayLike<number>, expected: Nested): void;
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
          expectClose(got, flatten(wanted), of(field), field);
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

function flatten(values: Nested): number[] {
  return typeof values === 'number' ? [values] : values.flatMap(flatten);
}

/** Heatmaps by formula, one object per batch element. */
export interface BlobMaps {
  K: number;
  H: number;
  W: number;
  offset: number;
  blobs: [k: number, amplitude: number, x: number, y: number, sigma: number][];
  noise_name: string;
  noise_amp: number;
  channels?: number[];
  multiply?: number;
}

/** The batch as a flat array [batch, K, height, width] or [batch, height, width, K], with its shape. */
export function heatmapsByFormula(maps: BlobMaps[], layout: 'khw' | 'hwk') {
  const people = maps.map(personByFormula);
  const { W, H } = maps[0];
  const area = W * H;
  const keypoints = people[0].length / area;
  const heatmaps = Float32Array.from(people.flatMap((values) => Array.from(values)));
  const shape = { size: [W, H] as const, keypoints, batch: maps.length, layout };
  if (layout === 'khw') return { heatmaps, shape };
  return {
    heatmaps: heatmaps.map(
      (_, i) => people[Math.floor(i / area / keypoints)][(i % keypoints) * area + (Math.floor(i / keypoints) % area)],
    ),
    shape,
  };
}

function personByFormula({ K, H, W, offset, blobs, noise_name, noise_amp, channels, multiply = 1 }: BlobMaps) {
  const noise = uniformByName(noise_name);
  const all = Array.from({ length: K }, (_, k) => {
    const map = new Float64Array(H * W).fill(offset);
    for (const [, amplitude, cx, cy, s] of blobs.filter((blob) => blob[0] === k)) {
      for (let i = 0; i < map.length; i++) {
        const [x, y] = [i % W, Math.floor(i / W)];
        map[i] += amplitude * Math.exp(-((x - cx) ** 2 + (y - cy) ** 2) / (2 * s * s));
      }
    }
    return Float32Array.from(map, (value, i) => value + noise_amp * (noise(k * H * W + i) - 0.5));
  });
  const chosen = (channels ?? all.map((_, k) => k)).map((k) => all[k]);
  return Float32Array.from(
    chosen.flatMap((map) => Array.from(map)),
    (value) => value * multiply,
  );
}

/** The pseudo-random numbers u(name, i) of the golden files. */
export function uniformByName(name: string): (i: number) => number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(name)) hash = Math.imul(hash ^ byte, 0x01000193);
  return (i) => {
    let x = (hash + Math.imul(i + 1, 0x9e3779b1)) | 0;
    x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
    x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
    return ((x ^ (x >>> 16)) >>> 0) / 2 ** 32;
  };
}
