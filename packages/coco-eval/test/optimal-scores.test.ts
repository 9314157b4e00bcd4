import { optimalScores } from '../src/analysis/optimal-scores';
import { evaluateKeypoints } from '../src/index';
import type { CocoKeypointAnnotation, CocoKeypointResult } from '../src/index';
import { detection, person, SIGMAS } from './error-scenes';

const placesAt = (x: number) => SIGMAS.map((_, k) => [x, 100 * k] as const);

function scoresOf(annotations: CocoKeypointAnnotation[], detections: CocoKeypointResult[]): number[] {
  const groundTruth = { images: [{ id: 1 }], categories: [{ id: 1 }], annotations };
  return Array.from(optimalScores(evaluateKeypoints(groundTruth, detections, { sigmas: SIGMAS })));
}

/** OKS of a detection that is off by this much in every keypoint, of a person of area 10,000. */
const oksAt = (off: number) =>
  SIGMAS.reduce((sum, sigma) => sum + Math.exp(-(off ** 2) / (2 * 10_000 * (2 * sigma) ** 2)), 0) / SIGMAS.length;

test('optimalScores gives each pair its OKS, and what is left over 0', () => {
  const people = [person(1, placesAt(0)), person(2, placesAt(500))];
  const found = [3, 505, 0, 900].map((x) => detection(placesAt(x), Math.sqrt(x)));
  expect(scoresOf(people, found)).toEqual([0, expect.closeTo(oksAt(5), 9), 1, 0]);
});

test('optimalScores pairs for the highest sum, not the best pair first', () => {
  const people = [person(1, placesAt(0)), person(2, placesAt(12))];
  // The first lies nearer to the second person than the second detection does, but the other person is far from that one.
  const found = [detection(placesAt(8)), detection(placesAt(20))];
  expect(oksAt(4)).toBeGreaterThan(oksAt(8));
  expect(scoresOf(people, found)).toEqual([expect.closeTo(oksAt(8), 9), expect.closeTo(oksAt(8), 9)]);
});

test('optimalScores pairs nobody with people who are ignored', () => {
  const crowd = person(1, placesAt(0), { iscrowd: 1 });
  expect(scoresOf([crowd, person(2, placesAt(500))], [detection(placesAt(0)), detection(placesAt(500))])).toEqual([
    0, 1,
  ]);
  expect(scoresOf([crowd], [detection(placesAt(0))])).toEqual([0]);
  expect(scoresOf([], [detection(placesAt(0))])).toEqual([0]);
});
