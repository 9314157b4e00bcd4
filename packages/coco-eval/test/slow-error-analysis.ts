import type { CocoGroundTruth, CocoKeypointAnnotation, CocoKeypointResult } from '../src/index';
import { slowEvaluation, slowKeypoints } from './slow-evaluator';

export interface SlowSettings {
  iouThrs: readonly number[];
  sigmas: readonly number[];
  flipPairs: readonly (readonly [number, number])[];
}

/** Similarity of a place with keypoint j of a person, judged as keypoint k; nothing where j is not labelled. */
function similarity(
  [x, y]: number[],
  k: number,
  { keypoints, area }: CocoKeypointAnnotation,
  j: number,
  { sigmas }: SlowSettings,
): number | undefined {
  if (!(keypoints[3 * j + 2] > 0)) return undefined;
  const squared = (x - keypoints[3 * j]) ** 2 + (y - keypoints[3 * j + 1]) ** 2;
  return Math.exp(-squared / (2 * (area + 2 ** -52) * (2 * sigmas[k]) ** 2));
}

/** All rival explanations of a keypoint, the best first. */
function explain(
  place: number[],
  k: number,
  person: CocoKeypointAnnotation,
  people: CocoKeypointAnnotation[],
  settings: SlowSettings,
) {
  const pair = settings.flipPairs.find((candidate) => candidate.includes(k));
  const mirrored = pair ? pair[0] + pair[1] - k : k;
  return people
    .flatMap((whose) => [k, mirrored].map((j) => ({ whose, j, ks: similarity(place, k, whose, j, settings) ?? -1 })))
    .map(({ whose, j, ks }) => {
      const right = whose === person ? (ks >= 0.85 ? 'good' : 'jitter') : 'swap';
      return { ks, kind: ks < 0.5 ? 'miss' : whose === person && j !== k ? 'inversion' : right };
    })
    .sort((a, b) => b.ks - a.ks)[0];
}

/** The highest sum of pairs and the pairs, by trying all. */
export function bestPairs(
  values: readonly (readonly number[])[],
  row = 0,
  used: number[] = [],
): { sum: number; of: number[] } {
  if (row === values.length) return { sum: 0, of: [] };
  const options = [-1, ...values[row].map((_, c) => c).filter((c) => !used.includes(c))].map((c) => {
    const rest = bestPairs(values, row + 1, c < 0 ? used : [...used, c]);
    return { sum: rest.sum + (c < 0 ? 0 : values[row][c]), of: [c, ...rest.of] };
  });
  return options.reduce((best, option) => (option.sum > best.sum ? option : best));
}

/** The analysis once more, each step from its definition. */
export function slowErrorAnalysis(
  groundTruth: CocoGroundTruth,
  detections: readonly CocoKeypointResult[],
  settings: SlowSettings,
) {
  const { sigmas, iouThrs } = settings;
  const recThrs = Array.from({ length: 101 }, (_, r) => r / 100);
  const evaluate = (results: readonly CocoKeypointResult[], thresholds: readonly number[], truth = groundTruth) =>
    slowEvaluation(
      truth,
      results,
      { iouThrs: thresholds, recThrs, areaRng: [[0, 1e10]], areaRngLbl: ['all'], maxDets: [20] },
      slowKeypoints(sigmas),
    );
  const matchesAt = (results: readonly CocoKeypointResult[], threshold: number) =>
    evaluate(results, [threshold]).matches.flatMap(({ dt, gt, taken }) =>
      dt.flatMap((detection, d) => {
        const person = taken[d];
        return person ? [{ place: detection.id - 1, person, people: gt }] : [];
      }),
    );
  const counts = ({ iscrowd, num_keypoints }: CocoKeypointAnnotation) => !iscrowd && num_keypoints > 0;

  const analyzed = matchesAt(detections, 0.1)
    .filter(({ person }) => counts(person))
    .map(({ place, person, people }) => ({
      place,
      person,
      kinds: sigmas.map((_, k) => {
        const [x, y, v] = [
          detections[place].keypoints[3 * k],
          detections[place].keypoints[3 * k + 1],
          person.keypoints[3 * k + 2],
        ];
        return v > 0 ? explain([x, y], k, person, people, settings) : null;
      }),
      similarities: sigmas.map((_, k) =>
        similarity(
          [detections[place].keypoints[3 * k], detections[place].keypoints[3 * k + 1]],
          k,
          person,
          k,
          settings,
        ),
      ),
    }));

  const current = detections.map(({ keypoints, ...rest }) => ({ ...rest, keypoints: Array.from(keypoints) }));
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const ap = (precision: number[]) => (precision[0] < 0 ? -1 : mean(precision));
  const steps: Record<string, number> = { none: ap(evaluate(current, iouThrs).precision) };
  for (const kind of ['miss', 'swap', 'inversion', 'jitter']) {
    for (const { place, person, kinds } of analyzed) {
      kinds.forEach((found, k) => {
        if (found?.kind !== kind) return;
        const aim = kind === 'miss' ? 0.5 : kind === 'jitter' ? 0.85 : found.ks;
        const radius = Math.sqrt(Math.log(1 / aim) * 2 * person.area) * 2 * sigmas[k];
        // A hair nearer: on the edge, rounding would decide.
        current[place].keypoints[3 * k] = person.keypoints[3 * k] + radius * (1 - 1e-8);
        current[place].keypoints[3 * k + 1] = person.keypoints[3 * k + 1];
      });
    }
    steps[kind] = ap(evaluate(current, iouThrs).precision);
  }

  for (const { id } of groundTruth.images) {
    const here = current.filter(({ image_id }) => image_id === id);
    const people = groundTruth.annotations.filter((person) => person.image_id === id && counts(person));
    const oks = here.map(({ keypoints }) =>
      people.map((person) =>
        mean(
          sigmas.flatMap((_, k) => similarity([keypoints[3 * k], keypoints[3 * k + 1]], k, person, k, settings) ?? []),
        ),
      ),
    );
    bestPairs(oks).of.forEach((g, d) => (here[d].score = g < 0 ? 0 : oks[d][g]));
  }
  steps.score = ap(evaluate(current, iouThrs).precision);

  const rest = iouThrs.map((threshold) => {
    const matched = matchesAt(current, threshold);
    const found = matched.map(({ person }) => person);
    const kept = current.filter((_, place) => matched.some((match) => match.place === place));
    const truth = { ...groundTruth, annotations: groundTruth.annotations.filter((person) => found.includes(person)) };
    return {
      falsePositives: ap(evaluate(kept, [threshold]).precision),
      falseNegatives: ap(evaluate(kept, [threshold], truth).precision),
    };
  });
  const measured = (values: number[]) => {
    const some = values.filter((value) => value >= 0);
    return some.length === 0 ? -1 : mean(some);
  };
  steps.falsePositives = measured(rest.map(({ falsePositives }) => falsePositives));
  steps.falseNegatives = measured(rest.map(({ falseNegatives }) => falseNegatives));
  return { analyzed, steps };
}
