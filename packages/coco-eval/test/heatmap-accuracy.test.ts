import fc from 'fast-check';
import { join } from 'node:path';
import { CocoEvalError, heatmapAccuracy, type HeatmapAccuracy } from '../src/index';
import { filesBelow, GOLDEN, readJson } from './golden';
import { type LcgMaps, lcgMaps, type Shape } from './lcg-maps';

/** [N, K, H, W] to [N, H, W, K]. */
function channelsLast(values: Float32Array, [, K, H, W]: Shape): Float32Array {
  const pixels = H * W;
  return values.map((_, i) => {
    const [n, p, k] = [Math.floor(i / (pixels * K)), Math.floor(i / K) % pixels, i % K];
    return values[(n * K + k) * pixels + p];
  });
}

function inBothLayouts(output: Float32Array, target: Float32Array, shape: Shape, threshold?: number): HeatmapAccuracy {
  const [N, K, H, W] = shape;
  const khw = heatmapAccuracy(output, target, { shape, layout: 'khw', threshold });
  const hwk = heatmapAccuracy(channelsLast(output, shape), channelsLast(target, shape), {
    shape: [N, H, W, K],
    threshold,
  });
  expect(hwk).toEqual(khw);
  return hwk;
}

interface MetricsFile {
  heatmapCases: {
    name: string;
    shape: Shape;
    output: LcgMaps;
    target: LcgMaps;
    expected: {
      simpleBaselines: {
        accuracy: { acc: number[]; avg: number; cnt: number };
        distAcc: { thr: number; acc: number[] }[];
      };
    };
  }[];
}

const metricCases = filesBelow(join(GOLDEN, 'coco-eval'))
  .filter((file) => file.endsWith('keypoint-metrics.json'))
  .flatMap((file) => readJson<MetricsFile>(file).heatmapCases);

test.each(metricCases)('heatmapAccuracy equals lib/core/evaluate.py: $name', ({ shape, output, target, expected }) => {
  const { accuracy, distAcc } = expected.simpleBaselines;
  const maps: [Float32Array, Float32Array, Shape] = [lcgMaps(output, shape), lcgMaps(target, shape), shape];
  const { average, perKeypoint, count } = inBothLayouts(...maps);
  expect([average, ...perKeypoint]).toEqual(accuracy.acc);
  expect({ average, count }).toEqual({ average: accuracy.avg, count: accuracy.cnt });
  for (const { thr, acc } of distAcc) expect(inBothLayouts(...maps, thr).perKeypoint).toEqual(acc);
});

interface BlobMaps {
  K: number;
  H: number;
  W: number;
  offset: number;
  blobs: [number, number, number, number, number][];
  noise_name: string;
  noise_amp: number;
}

interface PipelineFile {
  cases?: {
    name: string;
    kind: string;
    inputs: { output: BlobMaps[]; target: BlobMaps[]; threshold: number };
    expected: { acc: number[]; avg: number; count: number; gluon_sum: number; gluon_count: number };
  }[];
}

/** The golden format's noise: a hash of the name, then of the index, in [0, 1). */
function noise(name: string): (i: number) => number {
  const h = Buffer.from(name, 'utf8').reduce((hash, byte) => Math.imul(hash ^ byte, 0x01000193) >>> 0, 0x811c9dc5);
  return (i) => {
    let x = (h + Math.imul(i + 1, 0x9e3779b1)) >>> 0;
    x = Math.imul(x ^ (x >>> 16), 0x85ebca6b) >>> 0;
    x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35) >>> 0;
    return ((x ^ (x >>> 16)) >>> 0) / 2 ** 32;
  };
}

function blobMaps(maps: BlobMaps[]): { values: Float32Array; shape: Shape } {
  const [{ K, H, W }] = maps;
  const values = maps.flatMap(({ offset, blobs, noise_name: name, noise_amp: amp }) => {
    const u = noise(name);
    const ofMap = Array.from({ length: K }, (_, k) => blobs.filter(([channel]) => channel === k));
    return Array.from({ length: K * H * W }, (_, i) => {
      const [y, x] = [Math.floor(i / W) % H, i % W];
      const add = (v: number, [, a, cx, cy, s]: BlobMaps['blobs'][0]): number =>
        v + a * Math.exp(-((x - cx) ** 2 + (y - cy) ** 2) / (2 * s * s));
      const sum = ofMap[Math.floor(i / (H * W))].reduce(add, offset);
      return sum + amp * (u(i) - 0.5);
    });
  });
  return { values: Float32Array.from(values), shape: [maps.length, K, H, W] };
}

const pipelineCases = filesBelow(join(GOLDEN, 'pipeline'))
  .filter((file) => file.endsWith('decode.json'))
  .flatMap((file) => readJson<PipelineFile>(file).cases ?? [])
  .filter(({ kind }) => kind === 'heatmap_accuracy');

test.each(pipelineCases)('heatmapAccuracy equals HRNet and GluonCV: $name', ({ inputs, expected }) => {
  const output = blobMaps(inputs.output);
  const target = blobMaps(inputs.target);
  const { average, perKeypoint, count } = inBothLayouts(output.values, target.values, output.shape, inputs.threshold);
  expected.acc.forEach((share, i) => expect([average, ...perKeypoint][i]).toBeCloseTo(share, 9));
  expect(average).toBeCloseTo(expected.avg, 9);
  expect(count).toBe(expected.count);
  const counted = perKeypoint.filter((share) => share >= 0);
  expect(counted.reduce((sum, share) => sum + share, 0)).toBeCloseTo(expected.gluon_sum, 9);
  expect(counted).toHaveLength(expected.gluon_count);
});

test('there are golden cases of both files', () => {
  expect(metricCases.length).toBeGreaterThan(0);
  expect(pipelineCases.length).toBeGreaterThan(0);
});

/** The metric of one keypoint, written down as its definition reads. */
function slowShare(output: Float32Array, target: Float32Array, k: number, [N, K, H, W]: Shape, thr: number): number {
  const peak = (maps: Float32Array, n: number): [number, number] => {
    const map = Array.from(maps.subarray((n * K + k) * H * W, (n * K + k + 1) * H * W));
    const at = Math.max(...map) > 0 ? map.indexOf(Math.max(...map)) : 0;
    return [at % W, Math.floor(at / W)];
  };
  const distances: number[] = [];
  for (let n = 0; n < N; n++) {
    const [[x, y], [tx, ty]] = [peak(output, n), peak(target, n)];
    if (tx > 1 && ty > 1) distances.push(Math.hypot((10 * (x - tx)) / H, (10 * (y - ty)) / W));
  }
  return distances.length === 0 ? -1 : distances.filter((distance) => distance < thr).length / distances.length;
}

test('heatmapAccuracy equals the slow and obvious one', () => {
  const size = fc.integer({ min: 1, max: 6 });
  const cases = fc.tuple(size, size, size, size).chain((shape) => {
    const length = shape.reduce((product, n) => product * n, 1);
    const maps = fc.array(fc.integer({ min: -2, max: 5 }), { minLength: length, maxLength: length });
    return fc.tuple(fc.constant(shape), maps, maps);
  });
  fc.assert(
    // 2.345 is no distance that can occur here, so that rounding decides nothing.
    fc.property(cases, ([shape, a, b]) => {
      const [output, target] = [Float32Array.from(a), Float32Array.from(b)];
      const { perKeypoint } = inBothLayouts(output, target, shape, 2.345);
      expect(perKeypoint).toEqual(perKeypoint.map((_, k) => slowShare(output, target, k, shape, 2.345)));
    }),
  );
});

test('heatmapAccuracy takes a map with a NaN to have its peak at (0, 0)', () => {
  const target = new Float32Array(100);
  target[55] = 1;
  const output = target.slice();
  const shape: Shape = [1, 1, 10, 10];
  expect(inBothLayouts(output, target, shape).average).toBe(1);
  output[99] = NaN;
  expect(inBothLayouts(output, target, shape)).toEqual({ average: 0, perKeypoint: [0], count: 1 });
});

test.each<[string, Parameters<typeof heatmapAccuracy>[2], RegExp]>([
  ['three sizes', { shape: [1, 2, 2] }, /shape: expected four whole numbers above 0, found "\[1, 2, 2\]"/],
  ['an empty batch', { shape: [0, 2, 2, 1] }, /shape: expected four whole numbers above 0/],
  ['another length', { shape: [1, 2, 3, 1] }, /output: expected 6 values \(1 x 2 x 3 x 1\), found a list of 4/],
  ['threshold NaN', { shape: [1, 2, 2, 1], threshold: NaN }, /threshold: expected a finite number, found NaN/],
])('heatmapAccuracy refuses %s', (_, options, message) => {
  const maps = new Float32Array(4);
  expect(() => heatmapAccuracy(maps, maps, options)).toThrow(CocoEvalError);
  expect(() => heatmapAccuracy(maps, maps, options)).toThrow(message);
});
