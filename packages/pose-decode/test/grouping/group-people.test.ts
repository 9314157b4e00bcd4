import fc from 'fast-check';
import {
  connectPeaks,
  DecodeError,
  findPeaks,
  groupPeople,
  type GroupOptions,
  OPENPOSE_GROUPING,
  type Peaks,
} from '../../src';
import { cubic } from './plain-cubic';
import { type Scene, sceneFields, sceneHeatmaps } from './paf-scene';

const [WIDTH, HEIGHT, STRIDE] = [6, 5, 4];
const LIMBS = [[0, 1], [1, 2], [0, 2], [2, 3], [1, 3]] as const; // prettier-ignore
const OPTIONS: GroupOptions = { size: [WIDTH, HEIGHT], stride: STRIDE, limbs: LIMBS, minSamplesAbove: 5 };

function peaksOf(places: [number, number, number][][]): Peaks {
  const starts = Int32Array.from([0, ...places.map((_, k) => places.slice(0, k + 1).flat().length)]);
  return { points: Float32Array.from(places.flat(2)), starts };
}

/** The grouping in the words of its description, with a table of rows and nothing shared with the package. */
function plainGrouping(
  { points, starts }: Peaks,
  fields: Float32Array,
  order: number[],
  minParts: number,
  minScore: number,
  lineIntegral: 'nearest' | 'cubic',
) {
  const K = starts.length - 1;
  const peak = (id: number) => ({ x: points[3 * id], y: points[3 * id + 1], score: points[3 * id + 2] });
  const idsOf = (k: number) => Array.from({ length: starts[k + 1] - starts[k] }, (_, i) => starts[k] + i);
  const at = (channel: number, column: number, row: number) =>
    fields[(row * WIDTH + column) * 2 * LIMBS.length + channel];
  const maps = Array.from({ length: 2 * LIMBS.length }, (_, channel) =>
    Array.from({ length: HEIGHT }, (_, row) => Array.from({ length: WIDTH }, (_, column) => at(channel, column, row))),
  );
  const isCubic = lineIntegral === 'cubic';
  const field = (channel: number, x: number, y: number) =>
    isCubic
      ? cubic(maps[channel], (x + 0.5) / STRIDE - 0.5, (y + 0.5) / STRIDE - 0.5)
      : at(channel, Math.floor(x / STRIDE), Math.floor(y / STRIDE));
  // halves up, as in C, or to even numbers, as in numpy
  const round = (value: number) => (isCubic && Math.abs(value % 1) === 0.5 ? 2 * Math.round(value / 2) : Math.floor(value + 0.5)); // prettier-ignore
  const intervals = isCubic ? 9 : 10;
  let rows: { ids: number[]; total: number; count: number }[] = [];
  for (const n of order) {
    const [a, b] = LIMBS[n];
    const pairs = idsOf(a).flatMap((from) =>
      idsOf(b).flatMap((to) => {
        const [p, q] = [peak(from), peak(to)];
        const length = Math.sqrt((q.x - p.x) ** 2 + (q.y - p.y) ** 2);
        if (length === 0) return [];
        const values = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((s) => {
          const x = round(p.x + (s * (q.x - p.x)) / intervals);
          const y = round(p.y + (s * (q.y - p.y)) / intervals);
          return ((q.x - p.x) * field(2 * n, x, y) + (q.y - p.y) * field(2 * n + 1, x, y)) / length;
        });
        const penalty = Math.min(0, (0.5 * HEIGHT * STRIDE) / length - 1);
        const score = values.reduce((sum, value) => sum + value, 0) / 10 + penalty;
        return values.filter((value) => value > 0.05).length >= 5 && score > 0 ? [{ from, to, score }] : [];
      }),
    );
    const used = new Set<number>();
    for (const { from, to, score } of pairs.sort((one, other) => other.score - one.score)) {
      if (used.has(from) || used.has(to)) continue;
      used.add(from).add(to);
      const near = rows.filter(({ ids }) => ids[a] === from || ids[b] === to);
      if (near.length === 0) {
        const ids = Array.from({ length: K }, (_, k) => (k === a ? from : k === b ? to : -1));
        rows.push({ ids, count: 2, total: peak(from).score + peak(to).score + score });
      }
      if (near.length > 2 || near.length === 0) continue;
      const [one, other] = near;
      if (other && !one.ids.some((id, k) => id >= 0 && other.ids[k] >= 0)) {
        one.ids = one.ids.map((id, k) => Math.max(id, other.ids[k]));
        one.count += other.count;
        one.total += other.total + score;
        rows = rows.filter((row) => row !== other);
      } else if (other || one.ids[b] !== to) {
        one.ids[b] = to;
        one.count++;
        one.total += peak(to).score + score;
      }
    }
  }
  return rows.filter(({ count, total }) => count >= minParts && total / count >= minScore);
}

describe('groupPeople(peaks, fields, options)', () => {
  test('equals its plain twin on random peaks and fields, where people touch, merge and share keypoints', () => {
    const place = fc.tuple(
      fc.integer({ min: 0, max: WIDTH * STRIDE - 1 }),
      fc.integer({ min: 0, max: HEIGHT * STRIDE - 1 }),
      fc.integer({ min: 1, max: 10 }).map((score) => score / 10),
    );
    const cases = fc.record({
      places: fc.array(fc.array(place, { maxLength: 5 }), { minLength: 4, maxLength: 4 }),
      seed: fc.integer({ min: 1, max: 2 ** 31 - 1 }),
      order: fc.shuffledSubarray([0, 1, 2, 3, 4], { minLength: 5 }),
      minParts: fc.integer({ min: 0, max: 4 }),
      layout: fc.constantFrom('hwk' as const, 'khw' as const),
      lineIntegral: fc.constantFrom('nearest' as const, 'cubic' as const),
    });
    const seen = { shared: 0, people: 0 };
    fc.assert(
      fc.property(cases, ({ places, seed, order, minParts, layout, lineIntegral }) => {
        const peaks = peaksOf(places);
        const channels = 2 * LIMBS.length;
        let state = seed;
        const fields = Float32Array.from({ length: WIDTH * HEIGHT * channels }, () => {
          state = (Math.imul(1664525, state) + 1013904223) >>> 0;
          return (state / 2 ** 32 - 0.35) * 2;
        });
        const area = WIDTH * HEIGHT;
        const laid =
          layout === 'hwk' ? fields : fields.map((_, i) => fields[(i % area) * channels + Math.floor(i / area)]);
        const people = groupPeople(peaks, laid, { ...OPTIONS, order, minParts, minScore: 0.2, layout, lineIntegral });
        const expected = plainGrouping(peaks, fields, order, minParts, 0.2, lineIntegral);
        expect(people.map(({ parts }) => Array.from(parts))).toEqual(expected.map(({ ids }) => ids));
        people.forEach(({ keypoints, count, total, score, parts }, i) => {
          expect(count).toBe(expected[i].count);
          expect(total).toBeCloseTo(expected[i].total, 9);
          expect(score).toBe(total / count);
          expect(Array.from(keypoints)).toEqual(
            Array.from(parts).flatMap((id) =>
              id < 0 ? [0, 0, 0] : Array.from(peaks.points.subarray(3 * id, 3 * id + 3)),
            ),
          );
          if (count > parts.filter((id) => id >= 0).length) seen.shared++;
          seen.people++;
        });
      }),
      { seed: 8, numRuns: 500 },
    );
    expect(seen.people).toBeGreaterThan(100);
    expect(seen.shared).toBeGreaterThan(0);
  });

  const scene: Scene = {
    grid: 46,
    stride: 8,
    persons: [
      Array.from({ length: 18 }, (_, k) => [60 + 8 * (k % 5), 60 + 14 * k, 0.8]),
      Array.from({ length: 18 }, (_, k) => [260 + 8 * (k % 5), 330 - 14 * k, 0.7]),
    ],
    extra_peaks: [],
    heat_sigma: 7,
    paf_sigma: 8,
    paf_strength: 0.9,
    heat_noise: 0,
    paf_noise: 0,
    noise_name: '',
  };
  const { limbs } = OPENPOSE_GROUPING;
  const options = { size: [46, 46] as const, ...OPENPOSE_GROUPING };

  test('gives two people their own keypoints, within a pixel', () => {
    const peaks = findPeaks(sceneHeatmaps(scene), { size: [46, 46], keypoints: 18, maps: 19 });
    const people = groupPeople(peaks, sceneFields(scene, limbs), options);
    expect(people).toHaveLength(2);
    const leftFirst = people.sort((a, b) => a.keypoints[0] - b.keypoints[0]);
    leftFirst.forEach(({ keypoints }, p) => {
      scene.persons[p].forEach((keypoint, k) => {
        expect(Math.abs(keypoints[3 * k] - keypoint![0])).toBeLessThanOrEqual(1);
        expect(Math.abs(keypoints[3 * k + 1] - keypoint![1])).toBeLessThanOrEqual(1);
      });
    });
  });

  test('finds nobody without peaks, with one keypoint alone, and in fields of zeros', () => {
    const fields = sceneFields(scene, limbs);
    const find = (heatmaps: Float32Array) => findPeaks(heatmaps, { size: [46, 46], keypoints: 18, maps: 19 });
    expect(groupPeople(find(new Float32Array(46 * 46 * 19)), fields, options)).toEqual([]);
    const lonely = {
      ...scene,
      persons: scene.persons.map((person) => person.map((point, k) => (k === 1 ? point : null))),
    };
    expect(find(sceneHeatmaps(lonely)).points).toHaveLength(6);
    expect(groupPeople(find(sceneHeatmaps(lonely)), fields, options)).toEqual([]);
    expect(groupPeople(find(sceneHeatmaps(scene)), fields.map(() => 0), options)).toEqual([]); // prettier-ignore
  });

  const four = peaksOf([[[2, 2, 1]], [[20, 2, 1]], [[20, 15, 1]], []]);
  const fields = new Float32Array(WIDTH * HEIGHT * 2 * LIMBS.length);

  test.each<[string, Partial<GroupOptions>, string]>([
    ['a limb to nowhere', { limbs: [[0, 4]] }, 'Expected two keypoint indices 0..3 for limbs[0] but received [0, 4]'],
    ['a limb to itself', { limbs: [[0, 1], [1, 1]] }, 'for limbs[1] but received [1, 1]'], // prettier-ignore
    ['no limbs', { limbs: [] }, 'Expected at least one limb but received none'],
    ['an unknown limb in order', { order: [0, 5] }, 'Expected indices of limbs 0..4 in order but received 5'],
    ['another size', { size: [5, 5] }, 'Expected 250 values in fields (1 x 10 maps of 5x5) but found 300'],
    ['another stride', { stride: 2 }, 'Expected peaks within the fields (x 0..11, y 0..9) but peak 1 is at (20, 2)'],
    ['no samples', { samples: 0 }, 'Expected a positive integer for samples but received 0'],
    ['one sample for two ends', { samples: 1, lineIntegral: 'cubic' }, 'Expected at least 2 samples'],
    ['another reading', { lineIntegral: 'linear' as 'cubic' }, "'nearest' or 'cubic' but received 'linear'"],
    [
      'a threshold that is none',
      { vectorThreshold: NaN },
      'Expected a finite number for vectorThreshold but received NaN',
    ],
    ['a score that is none', { minScore: NaN }, 'Expected a finite number for minScore but received NaN'],
  ])('refuses %s', (_, changed, message) => {
    expect(() => groupPeople(four, fields, { ...OPTIONS, ...changed })).toThrow(DecodeError);
    expect(() => groupPeople(four, fields, { ...OPTIONS, ...changed })).toThrow(message);
  });

  test('refuses fields that are not finite, and peaks whose parts do not fit', () => {
    expect(() => connectPeaks(four, fields.map(() => NaN), OPTIONS)).toThrow('Expected finite fields but those of limb 0'); // prettier-ignore
    const cut = { ...four, points: four.points.subarray(0, 6) };
    expect(() => connectPeaks(cut, fields, OPTIONS)).toThrow(
      'Expected 9 numbers in peaks.points, as peaks.starts says',
    );
  });
});
