import fc from 'fast-check';
import { COCO_SIGMAS, CocoEvalError, objectKeypointSimilarity, perKeypointErrors } from '../src/index';

const sigmas = [0.1, 0.2];

test('perKeypointErrors equals the slow and obvious one, and its oks is objectKeypointSimilarity', () => {
  const numbers = fc.tuple(...[20, 20, 2, 20, 20, 2].map((max) => fc.integer({ min: 0, max })));
  const cases = fc.array(fc.record({ detection: numbers, keypoints: numbers, area: fc.integer({ min: 1, max: 400 }) }));
  fc.assert(
    fc.property(cases, (all) => {
      const { perKeypoint, oks } = perKeypointErrors(all.map(({ detection }) => detection), all, sigmas); // prettier-ignore
      expect(oks).toHaveLength(all.length);
      all.forEach(({ detection, keypoints, area }, n) => {
        const isLabelled = keypoints[2] > 0 || keypoints[5] > 0;
        const expected = objectKeypointSimilarity(detection, { keypoints, area, bbox: [0, 0, 1, 1] }, sigmas);
        expect(oks[n]).toBeCloseTo(isLabelled ? expected : -1, 12);
      });
      expect(perKeypoint).toHaveLength(2);
      perKeypoint.forEach(({ count, meanDistance, medianDistance, above50, above75 }, k) => {
        const distances = all
          .filter(({ keypoints }) => keypoints[3 * k + 2] > 0)
          .map(({ detection, keypoints, area }) => {
            const offset = [0, 1].map((axis) => detection[3 * k + axis] - keypoints[3 * k + axis]);
            return Math.hypot(...offset) / Math.sqrt(area);
          })
          .sort((a, b) => a - b);
        expect(count).toBe(distances.length);
        if (count === 0) return expect([meanDistance, medianDistance, above50, above75]).toEqual([-1, -1, -1, -1]);
        expect(meanDistance).toBeCloseTo(distances.reduce((sum, distance) => sum + distance, 0) / count, 12);
        const middle = [distances[Math.ceil(count / 2) - 1], distances[Math.floor(count / 2)]];
        expect(medianDistance).toBeCloseTo((middle[0] + middle[1]) / 2, 12);
        // exp(-d^2 / (2 (2 sigma)^2)) > limit, turned round.
        const within = (limit: number) =>
          distances.filter((distance) => distance < 2 * sigmas[k] * Math.sqrt(-2 * Math.log(limit))).length / count;
        expect([above50, above75]).toEqual([within(0.5), within(0.75)]);
      });
    }),
    { numRuns: 300 },
  );
});

test('perKeypointErrors of a perfect result: no distance, all above', () => {
  const keypoints = COCO_SIGMAS.flatMap((_, k) => [10 * k, 7 * k, k === 3 ? 0 : 2]);
  const { perKeypoint, oks } = perKeypointErrors([keypoints], [{ keypoints, area: 1000 }]);
  expect(Array.from(oks)).toEqual([1]);
  const perfect = { count: 1, meanDistance: 0, medianDistance: 0, above50: 1, above75: 1 };
  const missing = { count: 0, meanDistance: -1, medianDistance: -1, above50: -1, above75: -1 };
  expect(perKeypoint).toEqual(COCO_SIGMAS.map((_, k) => (k === 3 ? missing : perfect)));
});

test('perKeypointErrors of nobody has counts of 0', () => {
  const { perKeypoint, oks } = perKeypointErrors([], [], [0.1]);
  expect(oks).toHaveLength(0);
  expect(perKeypoint).toEqual([{ count: 0, meanDistance: -1, medianDistance: -1, above50: -1, above75: -1 }]);
});

const keypoints = [1, 1, 2, 2, 2, 2];
const person = { keypoints, area: 10 };

test.each<[string, () => unknown, string]>([
  [
    'number of people',
    () => perKeypointErrors([], [person], sigmas),
    'detections: expected one result for each of 1 people, found a list of 0',
  ],
  [
    'detections',
    () => perKeypointErrors([keypoints, [1]], [person, person], sigmas),
    '[1]: expected a list of 6 numbers, found a list of 1',
  ],
  [
    'people',
    () => perKeypointErrors([keypoints], [{ keypoints: [1, NaN, 2, 2, 2, 2], area: 1 }], sigmas),
    '[0].keypoints[1]: expected a finite number, found NaN',
  ],
  [
    'areas',
    () => perKeypointErrors([keypoints], [{ keypoints, area: 0 }], sigmas),
    '[0].area: expected a number above 0, found 0',
  ],
  ['sigmas', () => perKeypointErrors([keypoints], [person], [0.1, 0]), 'sigmas[1]: expected a number above 0, found 0'],
])('perKeypointErrors names a fault of its %s', (_, call, message) => {
  expect(call).toThrow(CocoEvalError);
  expect(call).toThrow(message);
});
