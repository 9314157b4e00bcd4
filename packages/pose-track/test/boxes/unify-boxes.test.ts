import fc from 'fast-check';
import { type ScoredBox, unifyBoxes } from '../../src/index';

test('unifyBoxes(detected, propagated) keeps the better of two boxes of a person, as it was given', () => {
  const detected = [{ box: [0, 0, 100, 200], score: 0.6, label: 'person' }];
  const sure = { box: [5, 5, 100, 200], score: 0.9, id: 3 };
  expect(unifyBoxes(detected, [sure])).toEqual([sure]);
  expect(unifyBoxes(detected, [{ ...sure, score: 0.5 }])[0]).toBe(detected[0]);
  expect(unifyBoxes(detected, [{ ...sure, score: 0.6 }])).toEqual(detected); // of equal ones the detector's
});

test('unifyBoxes(detected, propagated) has the people whom the detector misses too, by falling score', () => {
  const detected = [{ box: [0, 0, 100, 200], score: 0.6 }];
  const missed = { box: [300, 0, 100, 200], score: 0.7 };
  expect(unifyBoxes(detected, [missed])).toEqual([missed, detected[0]]);
  expect(unifyBoxes([], [missed])).toEqual([missed]);
  expect(unifyBoxes(detected, [])).toEqual(detected);
  expect(unifyBoxes([], [])).toEqual([]);
});

test('unifyBoxes(detected, propagated, { threshold }) drops a box only above it', () => {
  const one = { box: [0, 0, 10, 10], score: 0.9 };
  const half = { box: [0, 0, 10, 5], score: 0.8 };
  expect(unifyBoxes([one], [half], { threshold: 0.5 })).toEqual([one, half]);
  expect(unifyBoxes([one], [half], { threshold: 0.49 })).toEqual([one]);
});

test('unifyBoxes(detected, propagated) drops exactly the boxes that overlap a better one that stays', () => {
  const coordinate = fc.integer({ min: 0, max: 9 });
  const size = fc.integer({ min: 1, max: 9 });
  const boxes = fc.array(
    fc.record({ box: fc.tuple(coordinate, coordinate, size, size), score: fc.integer({ min: 0, max: 4 }) }),
    { maxLength: 6 },
  );
  /** By counting the unit squares that the boxes cover. */
  const iou = (one: ScoredBox, other: ScoredBox): number => {
    let [both, either] = [0, 0];
    for (let x = 0; x < 18; x++) {
      for (let y = 0; y < 18; y++) {
        const inside = ({ box: [left, top, width, height] }: { box: number[] }) =>
          x >= left && x < left + width && y >= top && y < top + height;
        const covered = [one, other].filter((box) => inside({ box: Array.from(box.box) })).length;
        both += covered === 2 ? 1 : 0;
        either += covered > 0 ? 1 : 0;
      }
    }
    return both / either;
  };
  fc.assert(
    fc.property(boxes, boxes, (detected, propagated) => {
      const kept = unifyBoxes(detected, propagated, { threshold: 0.3 });
      for (const box of [...detected, ...propagated]) {
        const better = kept.filter((other) => other !== box && other.score >= box.score && iou(box, other) > 0.3);
        if (kept.includes(box)) expect(better).toEqual([]);
        else expect(better).not.toEqual([]);
      }
    }),
    { numRuns: 60 },
  );
});

test('unifyBoxes(detected, propagated) throws a TrackError for boxes that cannot hold anybody', () => {
  const box = { box: [0, 0, 10, 10], score: 1 };
  expect(() => unifyBoxes([box, { ...box, box: [0, 0, 10, 0] }], [])).toThrow(
    'detected[1].box[3]: expected a height above 0, found 0',
  );
  expect(() => unifyBoxes([box], [{ ...box, box: [0, 0, 10] }])).toThrow(
    'propagated[0].box: expected a list of 4 numbers, found a list of 3',
  );
  expect(() => unifyBoxes([{ ...box, score: NaN }], [])).toThrow(
    'detected[0].score: expected a finite number, found NaN',
  );
  expect(() => unifyBoxes([], [], { threshold: 2 })).toThrow(
    'options.threshold: expected a number from 0 to 1, found 2',
  );
});
