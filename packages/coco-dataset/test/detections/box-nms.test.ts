import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { boxIou, boxNms } from '../../src/detections/box-nms';
import { goldenFile } from '../golden-file';

type Box = [number, number, number, number];

/** Again and again: keep the best that is left, and drop it with all that overlap it too much. */
function slowNms(boxes: readonly Box[], scores: readonly number[], threshold: number): number[] {
  const kept: number[] = [];
  let left = boxes.map((_, i) => i);
  while (left.length > 0) {
    const best = left.reduce((a, b) => (scores[b] > scores[a] ? b : a));
    kept.push(best);
    left = left.filter((i) => i !== best && boxIou(boxes[best], boxes[i]) <= threshold);
  }
  return kept;
}

test('boxNms(boxes, scores, threshold) keeps the best of boxes that overlap', () => {
  const boxes: Box[] = [
    [0, 0, 10, 10],
    [0, 0, 10, 20],
    [50, 0, 10, 10],
  ];
  expect(boxNms(boxes, [0.5, 0.9, 0.7], 0.4)).toEqual([1, 2]);
  // An IoU of exactly the threshold is kept.
  expect(boxNms(boxes, [0.5, 0.9, 0.7], 0.5)).toEqual([1, 2, 0]);
  expect(boxNms(boxes, [0.9, 0.9, 0.9], 0.4)).toEqual([0, 2]);
  expect(boxNms([], [], 0.5)).toEqual([]);
});

test('boxIou(a, b) counts overlapping pixels', () => {
  const side = fc.integer({ min: 0, max: 8 });
  const box = fc.tuple(side, side, side, side);
  const covers = ([x, y, w, h]: Box, i: number, j: number) => i >= x && i < x + w && j >= y && j < y + h;
  fc.assert(
    fc.property(box, box, (a, b) => {
      let [both, either] = [0, 0];
      for (let i = 0; i < 16; i++) {
        for (let j = 0; j < 16; j++) {
          both += Number(covers(a, i, j) && covers(b, i, j));
          either += Number(covers(a, i, j) || covers(b, i, j));
        }
      }
      expect(boxIou(a, b)).toBe(both === 0 ? 0 : both / either);
    }),
  );
});

test('boxNms equals its slow twin', () => {
  const coordinate = fc.integer({ min: 0, max: 200 }).map((n) => n / 10);
  const box = fc.tuple(coordinate, coordinate, coordinate, coordinate);
  const scored = fc.tuple(
    box,
    fc.integer({ min: 0, max: 20 }).map((n) => n / 20),
  );
  const threshold = fc.integer({ min: 0, max: 100 }).map((n) => n / 100);
  fc.assert(
    fc.property(fc.array(scored, { maxLength: 25 }), threshold, (list, limit) => {
      const boxes = list.map(([each]) => each);
      const scores = list.map(([, score]) => score);
      expect(boxNms(boxes, scores, limit)).toEqual(slowNms(boxes, scores, limit));
    }),
    { numRuns: 500 },
  );
});

interface GoldenBoxes {
  dets: [number, number, number, number, number][];
  expected: { nmsPlusOne: Record<string, number[]>; nmsPlain: Record<string, number[]> };
}

describe('parity with nms.json', () => {
  const { boxes: cases } = JSON.parse(readFileSync(goldenFile('nms.json'), 'utf8')) as { boxes: GoldenBoxes[] };

  // Corners x1, y1, x2, y2: of the first and last pixel in the one, of the edges in the other.
  test.each([
    ['nmsPlusOne', 1],
    ['nmsPlain', 0],
  ] as const)('%s', (kind, last) => {
    expect(cases.length).toBeGreaterThan(0);
    for (const { dets, expected } of cases) {
      const boxes = dets.map(([x1, y1, x2, y2]): Box => [x1, y1, x2 - x1 + last, y2 - y1 + last]);
      const scores = dets.map((detection) => detection[4]);
      for (const [threshold, kept] of Object.entries(expected[kind])) {
        expect(boxNms(boxes, scores, Number(threshold))).toEqual(kept);
      }
    }
  });
});
