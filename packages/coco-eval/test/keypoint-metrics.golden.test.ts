import { join } from 'node:path';
import { auc, epe, nme, pck } from '../src/index';
import { keypointDistances } from '../src/metrics/keypoint-distances';
import { filesBelow, GOLDEN, readJson } from './golden';
import { type LcgMaps, lcgMaps, type Shape } from './lcg-maps';

interface ExpectedPck {
  thr: number;
  acc: number[];
  avg: number;
  cnt: number;
}

interface MetricsFile {
  heatmapCases: {
    name: string;
    shape: Shape;
    output: LcgMaps;
    target: LcgMaps;
    mask: number[][];
    expected: { mmpose: { posePck: ExpectedPck[] } };
  }[];
  keypointCases: {
    name: string;
    pred: number[][][];
    gt: number[][][];
    mask: number[][];
    normFactor: [number, number][];
    expected: {
      distances: number[][];
      pck: ExpectedPck[];
      auc: { normFactor: number; numThrs: number; auc: number }[];
      nme: number;
      epe: number;
    };
  }[];
}

const files = filesBelow(join(GOLDEN, 'coco-eval'))
  .filter((file) => file.endsWith('keypoint-metrics.json'))
  .map((file) => readJson<MetricsFile>(file));

/** Flat triplets of each person, the mask as their third value. */
function triplets(people: number[][][], mask: number[][]): number[][] {
  return people.map((keypoints, n) => keypoints.flatMap(([x, y], k) => [x, y, mask[n][k]]));
}

function expectClose(found: number, wanted: number): void {
  expect(Math.abs(found - wanted)).toBeLessThanOrEqual(1e-6 * Math.abs(wanted));
}

const keypointCases = files.flatMap((file) => file.keypointCases);

test.each(keypointCases)('pck, auc, nme and epe equal mmpose: $name', ({ pred, gt, mask, normFactor, expected }) => {
  const [predictions, groundTruth] = [triplets(pred, mask), triplets(gt, mask)];
  // Negative lengths are a million there, and an error here.
  const lengths = normFactor.map(([x, y]) => [x < 0 ? 1e6 : x, y < 0 ? 1e6 : y] as const);
  const { keypoints, distances } = keypointDistances(predictions, groundTruth, lengths);
  expected.distances.forEach((ofPeople, k) =>
    ofPeople.forEach((distance, n) => expectClose(distances[n * keypoints + k], distance)),
  );
  for (const { thr: threshold, acc, avg, cnt } of expected.pck) {
    const { average, perKeypoint, count } = pck(predictions, groundTruth, { lengths, threshold });
    expect(perKeypoint).toEqual(acc);
    expect(average).toBeCloseTo(avg, 14);
    expect(count).toBe(cnt);
  }
  for (const { normFactor: length, numThrs: steps, auc: area } of expected.auc) {
    expectClose(auc(predictions, groundTruth, { length, steps }), area);
  }
  expectClose(nme(predictions, groundTruth, { lengths }), expected.nme);
  expectClose(epe(predictions, groundTruth), expected.epe);
});

/** Peaks [x, y] of each map, the first of equal ones; (-1, -1) where none is above 0. */
function peaks(maps: Float32Array, [N, K, H, W]: Shape): number[][][] {
  return Array.from({ length: N }, (_, n) =>
    Array.from({ length: K }, (_, k) => {
      const map = maps.subarray((n * K + k) * H * W, (n * K + k + 1) * H * W);
      const best = map.reduce((a, b) => Math.max(a, b));
      const at = map.indexOf(best);
      return best > 0 ? [at % W, Math.floor(at / W)] : [-1, -1];
    }),
  );
}

const heatmapCases = files.flatMap((file) => file.heatmapCases);

test.each(heatmapCases)('pck of peaks equals pose_pck_accuracy of mmpose: $name', (heatmaps) => {
  const { shape, output, target, mask, expected } = heatmaps;
  const [N, , H, W] = shape;
  const lengths = Array.from({ length: N }, () => [H, W] as const);
  const predictions = triplets(peaks(lcgMaps(output, shape), shape), mask);
  const groundTruth = triplets(peaks(lcgMaps(target, shape), shape), mask);
  for (const { thr: threshold, acc, avg, cnt } of expected.mmpose.posePck) {
    const { average, perKeypoint, count } = pck(predictions, groundTruth, { lengths, threshold });
    expect(perKeypoint).toEqual(acc);
    expect(average).toBeCloseTo(avg, 14);
    expect(count).toBe(cnt);
  }
});

test('there are golden cases of both kinds', () => {
  expect(keypointCases.length).toBeGreaterThan(0);
  expect(heatmapCases.length).toBeGreaterThan(0);
});
