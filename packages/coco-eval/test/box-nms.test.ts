import fc from 'fast-check';
import { boxIou, boxNms, boxNmsGroups, CocoEvalError, type ScoredBox, softBoxNms } from '../src/index';

const place = fc.integer({ min: 0, max: 6 });
const size = fc.integer({ min: 0, max: 6 });
const boxes = fc.array(
  fc.record({
    bbox: fc.tuple(place, place, size, size),
    score: fc.integer({ min: 1, max: 8 }).map((score) => score / 8),
  }),
  { maxLength: 8 },
);

/** Share of the pixels of both boxes that both cover; the far corner is inside with `extra` 1. */
function pixelIou(one: ScoredBox, other: ScoredBox, extra: number): number {
  const pixels = ({ bbox: [x, y, width, height] }: { bbox: number[] }): string[] =>
    Array.from({ length: (width + extra) * (height + extra) }, (_, i) => {
      return `${x + (i % (width + extra))},${y + Math.floor(i / (width + extra))}`;
    });
  const [a, b] = [one, other].map(({ bbox }) => new Set(pixels({ bbox: Array.from(bbox) })));
  const both = [...a].filter((pixel) => b.has(pixel)).length;
  return both === 0 ? 0 : both / new Set([...a, ...b]).size;
}

test('boxNms and boxNmsGroups equal the slow and obvious ones, equal scores included', () => {
  const thresholds = fc.double({ min: 0.05, max: 0.95, noNaN: true });
  fc.assert(
    fc.property(boxes, thresholds, fc.boolean(), (all, threshold, pixelInclusive) => {
      const groups: number[][] = [];
      for (const i of [...all.keys()].sort((a, b) => all[b].score - all[a].score || a - b)) {
        const iou = (kept: number): number => pixelIou(all[kept], all[i], pixelInclusive ? 1 : 0);
        const group = groups.find(([kept]) => iou(kept) > threshold);
        if (group) group.push(i);
        else groups.push([i]);
      }
      expect(boxNmsGroups(all, { threshold, pixelInclusive })).toEqual(groups);
      expect(boxNms(all, { threshold, pixelInclusive })).toEqual(groups.map(([kept]) => kept));
    }),
    { numRuns: 300 },
  );
});

test('softBoxNms equals the slow and obvious one, equal scores included', () => {
  const methods = fc.constantFrom('gaussian' as const, 'linear' as const);
  fc.assert(
    fc.property(boxes, methods, (all, method) => {
      const rest = all.map((box, i) => ({ ...box, i }));
      const picked: { i: number; score: number }[] = [];
      while (rest.length > 0) {
        rest.sort((a, b) => b.score - a.score || a.i - b.i);
        if (rest[0].score < 0.1) break;
        const best = rest.shift()!;
        picked.push(best);
        for (const other of rest) {
          const iou = boxIou(best.bbox, other.bbox);
          if (method === 'gaussian') other.score *= Math.exp(-(iou ** 2) / 0.7);
          else if (iou >= 0.25) other.score *= 1 - iou;
        }
      }
      const { kept, scores } = softBoxNms(all, { method, sigma: 0.7, threshold: 0.25, minScore: 0.1 });
      expect(scores).toHaveLength(picked.length);
      picked.forEach(({ score }, n) => expect(scores[n]).toBeCloseTo(score, 12));
      // Scores that differ in their last bit may come in another order.
      const clear = picked.every(({ score }, n) => n === 0 || picked[n - 1].score - score > 1e-9);
      if (clear) expect(kept).toEqual(picked.map(({ i }) => i));
    }),
    { numRuns: 300 },
  );
});

const twice: ScoredBox[] = [
  { bbox: Float32Array.of(0, 0, 4, 4), score: 0.5 },
  { bbox: [0, 0, 4, 2], score: 0.9 },
];

test('boxNms(boxes, { threshold }) keeps a box whose overlap is the threshold itself', () => {
  expect(boxNms(twice, { threshold: 0.5 })).toEqual([1, 0]);
  expect(boxNms(twice, { threshold: 0.49 })).toEqual([1]);
  expect(boxNms(twice, { threshold: 0.5, pixelInclusive: true })).toEqual([1]); // 15 of 25 pixels
});

test('softBoxNms(boxes, { method: "linear" }) lowers a score whose overlap is the threshold itself', () => {
  expect(softBoxNms(twice, { method: 'linear', threshold: 0.5 })).toEqual({ kept: [1, 0], scores: [0.9, 0.25] });
  expect(softBoxNms(twice, { method: 'linear', threshold: 0.51 }).scores).toEqual([0.9, 0.5]);
  expect(softBoxNms(twice).scores).toEqual([0.9, 0.5 * Math.exp(-0.5)]);
});

test('softBoxNms(boxes, { minScore }) drops what falls below it, from the first box on', () => {
  expect(softBoxNms(twice, { minScore: 0.4 }).kept).toEqual([1]);
  expect(softBoxNms(twice, { minScore: 0.9 }).kept).toEqual([1]);
  expect(softBoxNms(twice, { minScore: 0.91 }).kept).toEqual([]);
});

test('no boxes, and one box without area', () => {
  expect(boxNms([])).toEqual([]);
  expect(boxNmsGroups([])).toEqual([]);
  expect(softBoxNms([])).toEqual({ kept: [], scores: [] });
  const dot = [{ bbox: [3, 3, 0, 0], score: 0.5 }];
  expect(boxNms([...dot, ...dot])).toEqual([0, 1]);
  expect(boxNms([...dot, ...dot], { pixelInclusive: true })).toEqual([0]);
});

const box = { bbox: [0, 0, 1, 1], score: 0.5 };

test.each<[string, () => unknown, string]>([
  [
    'box',
    () => boxNms([box, { bbox: [0, 0, 1], score: 1 }]),
    '[1].bbox: expected a list of 4 numbers, found a list of 3',
  ],
  ['number', () => boxNms([{ ...box, bbox: [0, NaN, 1, 1] }]), '[0].bbox[1]: expected a finite number, found NaN'],
  ['width', () => boxNms([{ ...box, bbox: [0, 0, -1, 1] }]), '[0].bbox[2]: expected a width of at least 0, found -1'],
  [
    'height',
    () => softBoxNms([{ ...box, bbox: [0, 0, 1, -1] }]),
    '[0].bbox[3]: expected a height of at least 0, found -1',
  ],
  ['score', () => softBoxNms([{ ...box, score: NaN }]), '[0].score: expected a finite number, found NaN'],
  ['threshold', () => boxNmsGroups([box], { threshold: NaN }), 'threshold: expected a finite number, found NaN'],
  ['soft threshold', () => softBoxNms([box], { threshold: NaN }), 'threshold: expected a finite number, found NaN'],
  ['sigma', () => softBoxNms([box], { sigma: 0 }), 'sigma: expected a number above 0, found 0'],
  ['minScore', () => softBoxNms([box], { minScore: NaN }), 'minScore: expected a finite number, found NaN'],
  [
    'method',
    () => softBoxNms([box], { method: 'hard' as 'linear' }),
    `method: expected 'gaussian' or 'linear', found "hard"`,
  ],
])('boxNms and softBoxNms name a fault of their %s', (_, call, message) => {
  expect(call).toThrow(CocoEvalError);
  expect(call).toThrow(message);
});
