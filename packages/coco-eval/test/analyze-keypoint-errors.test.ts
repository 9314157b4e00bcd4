import fc from 'fast-check';
import { analyzeKeypointErrors, CocoEvalError, COCO_SIGMAS, evaluateKeypoints } from '../src/index';
import type {
  CocoGroundTruth,
  CocoKeypointAnnotation,
  ErrorAnalysisOptions,
  KeypointErrorAnalysis,
} from '../src/index';
import { detection, FLIP_PAIRS, person, randomScene, SIGMAS } from './error-scenes';
import { evaluationCases } from './golden';
import { slowErrorAnalysis } from './slow-error-analysis';

const options = { sigmas: SIGMAS, flipPairs: FLIP_PAIRS };
const truthOf = (...annotations: CocoKeypointAnnotation[]): CocoGroundTruth => ({
  images: [{ id: 1 }],
  categories: [{ id: 1 }],
  annotations,
});
const apOf = ({ corrections }: KeypointErrorAnalysis) =>
  Object.fromEntries(corrections.map(({ corrected, ap }) => [corrected, ap]));

test('analyzeKeypointErrors equals the slow and obvious one', () => {
  const seen = new Set<string | undefined>();
  fc.assert(
    fc.property(fc.integer(), fc.constantFrom([0.5], [0.75], [0.5, 0.6, 0.85, 0.95]), (seed, iouThrs) => {
      const { groundTruth, detections } = randomScene(seed);
      const analysis = analyzeKeypointErrors(groundTruth, detections, { ...options, iouThrs, allowEmpty: true });
      const slow = slowErrorAnalysis(groundTruth, detections, { ...options, iouThrs });
      expect(
        analysis.detections.map(({ detection: place, annotationId, kinds }) => ({ place, annotationId, kinds })),
      ).toEqual(
        slow.analyzed.map(({ place, person: { id }, kinds }) => ({
          place,
          annotationId: id,
          kinds: kinds.map((found) => found?.kind ?? null),
        })),
      );
      slow.analyzed.forEach(({ similarities, kinds }, i) => {
        const terms = similarities.filter((term) => term !== undefined);
        expect(analysis.detections[i].oks).toBeCloseTo(terms.reduce((sum, term) => sum + term, 0) / terms.length, 12);
        kinds.forEach((found) => seen.add(found?.kind));
      });
      SIGMAS.forEach((_, k) => {
        const terms = slow.analyzed.map(({ similarities }) => similarities[k]).filter((term) => term !== undefined);
        const loss = analysis.perJointOksLoss[k];
        expect(loss.labelled).toBe(terms.length);
        if (terms.length === 0) expect(loss).toEqual({ labelled: 0, meanLoss: -1, oksLoss: 0 });
        else expect(loss.meanLoss).toBeCloseTo(1 - terms.reduce((sum, term) => sum + term, 0) / terms.length, 12);
      });
      const total = analysis.perJointOksLoss.reduce((sum, { oksLoss }) => sum + oksLoss, 0);
      const lost = analysis.detections.reduce((sum, { oks }) => sum + 1 - oks, 0);
      expect(total * Math.max(1, analysis.detections.length)).toBeCloseTo(lost, 10);
      const found = apOf(analysis);
      expect(Object.keys(found)).toEqual(Object.keys(slow.steps));
      for (const [step, ap] of Object.entries(slow.steps)) expect([step, found[step]]).toEqual([step, expect.closeTo(ap, 9)]); // prettier-ignore
    }),
    { numRuns: 100 },
  );
  expect([...seen].sort()).toEqual(['good', 'inversion', 'jitter', 'miss', 'swap', undefined].sort());
});

const HERE = [[100, 100], [50, 200], [150, 200], [80, 400], [120, 400]] as const; // prettier-ignore
const THERE = HERE.map(([x, y]) => [x + 300, y] as const);

/** The places with some keypoints moved elsewhere. */
function moved(places: readonly (readonly [number, number])[], to: Record<number, readonly [number, number]>) {
  return places.map((place, k) => to[k] ?? place);
}

test.each<[string, Record<number, readonly [number, number]>, (string | null)[]]>([
  ['none', {}, ['good', 'good', 'good', 'good', 'good']],
  ['a jitter: similarity 0.66 of 0.5 to 0.85', { 1: [50, 218.3] }, ['good', 'jitter', 'good', 'good', 'good']],
  ['an inversion of one foot', { 3: HERE[4] }, ['good', 'good', 'good', 'inversion', 'good']],
  ['hands exchanged', { 1: HERE[2], 2: HERE[1] }, ['good', 'inversion', 'inversion', 'good', 'good']],
  ["a neighbour's foot", { 4: THERE[4] }, ['good', 'good', 'good', 'good', 'swap']],
  ["a neighbour's other foot", { 4: THERE[3] }, ['good', 'good', 'good', 'good', 'swap']],
  ["a neighbour's hand as a foot, which no one confuses", { 4: THERE[1] }, ['good', 'good', 'good', 'good', 'miss']],
  ['a head on the own hand', { 0: HERE[1] }, ['miss', 'good', 'good', 'good', 'good']],
  ['a miss', { 2: [250, 300] }, ['good', 'good', 'miss', 'good', 'good']],
])('analyzeKeypointErrors finds what was planted: %s', (_, to, kinds) => {
  const { detections, overall, perKeypoint } = analyzeKeypointErrors(
    truthOf(person(1, HERE), person(2, THERE)),
    [detection(moved(HERE, to), 0.9), detection(THERE, 0.8)],
    options,
  );
  expect(detections.map((found) => found.kinds)).toEqual([kinds, ['good', 'good', 'good', 'good', 'good']]);
  const errors = kinds.filter((kind) => kind !== 'good').length;
  expect([overall.labelled, overall.counts.good, overall.shares.good]).toEqual([10, 10 - errors, 1 - errors / 10]);
  kinds.forEach((kind, k) => expect(perKeypoint[k].shares.good).toBe(kind === 'good' ? 1 : 0.5));
});

test('of two explanations the nearer one counts, even where the keypoint is near its own place', () => {
  const beside = [[100, 100], [50, 200], [58, 200], [80, 400], [120, 400]] as const; // prettier-ignore
  const found = moved(beside, { 1: [57, 200] });
  const { detections } = analyzeKeypointErrors(truthOf(person(1, beside)), [detection(found)], options);
  expect(detections[0].kinds).toEqual(['good', 'inversion', 'good', 'good', 'good']);
});

test('each correction lifts the AP by what the planted error of its kind cost, and only it', () => {
  const step = (name: string, to: Record<number, readonly [number, number]>, iouThr: number) => {
    const ap = apOf(
      analyzeKeypointErrors(
        truthOf(person(1, HERE), person(2, THERE)),
        [detection(moved(HERE, to), 0.9), detection(THERE, 0.8)],
        { ...options, iouThrs: [iouThr] },
      ),
    );
    const names = Object.keys(ap);
    const at = names.indexOf(name);
    names.slice(0, at).forEach((before) => expect(ap[before]).toBeCloseTo(0.5 * (51 / 101), 9));
    names.slice(at).forEach((after) => expect(ap[after]).toBeCloseTo(1, 9));
  };
  // One keypoint of five at similarity s gives an OKS of (4 + s) / 5: 0.8 at 0, 0.9 at 0.5, 0.97 at 0.85.
  step('miss', { 2: [250, 300] }, 0.9);
  step('swap', { 4: THERE[4] }, 0.95);
  step('inversion', { 3: HERE[4] }, 0.95);
  step('jitter', { 1: [50, 218.3] }, 0.95);
});

test('the correction of scores puts the better of two detections first; the next two take away what is left', () => {
  const far = THERE.map(([x, y]) => [x + 2000, y] as const);
  const nobody = HERE.map(([x, y]) => [x, y + 2000] as const);
  const ap = apOf(
    analyzeKeypointErrors(
      truthOf(person(1, HERE), person(2, THERE), person(3, far)),
      [
        detection(nobody, 0.9),
        detection(moved(HERE, { 1: [50, 218.3], 2: [150, 218.3] }), 0.8),
        detection(HERE, 0.7),
        detection(THERE, 0.6),
      ],
      { ...options, iouThrs: [0.95] },
    ),
  );
  // One in four right, then recall 2/3 from a list that begins with what is right.
  expect(ap.score).toBeCloseTo(67 / 101, 9);
  expect(ap.jitter).toBeLessThan(0.5);
  expect([ap.falsePositives, ap.falseNegatives]).toEqual([67 / 101, 1]);
});

test('without detections all people are missing, and nothing is left when they are taken away', () => {
  const analysis = analyzeKeypointErrors(truthOf(person(1, HERE)), [], { ...options, allowEmpty: true });
  expect(analysis.detections).toEqual([]);
  expect(analysis.overall.shares).toEqual({ good: -1, jitter: -1, inversion: -1, swap: -1, miss: -1 });
  expect(Object.values(apOf(analysis))).toEqual([0, 0, 0, 0, 0, 0, 0, -1]);
  expect(() => analyzeKeypointErrors(truthOf(person(1, HERE)), [], options)).toThrow(/expected at least one result/);
});

test('a detection of a crowd, of a person without labels, or of nobody is not analyzed', () => {
  const unlabelled = person(2, THERE, { keypoints: THERE.flatMap(([x, y]) => [x, y, 0]), num_keypoints: 5 });
  const ignored = analyzeKeypointErrors(
    truthOf(person(1, HERE, { iscrowd: 1 }), { ...unlabelled, num_keypoints: 0 }),
    [detection(HERE), detection([...THERE].reverse())],
    options,
  );
  expect(ignored.detections).toEqual([]);
  expect(Object.values(apOf(ignored))).toEqual([-1, -1, -1, -1, -1, -1, -1, -1]);
  // A file may say that there are keypoints, and label none.
  const mistaken = analyzeKeypointErrors(truthOf(unlabelled), [detection(THERE)], options);
  expect(mistaken.detections).toEqual([]);
  expect(apOf(mistaken).none).toBeCloseTo(evaluateKeypoints(truthOf(unlabelled), [detection(THERE)], options).stats.AP);
});

test('inversions are looked for between the flip pairs: COCO’s with its sigmas, none with others unless given', () => {
  const places = COCO_SIGMAS.map((_, k) => [40 * k, 300 * (k % 2)] as const);
  const swapped = moved(places, { 9: places[10], 10: places[9] });
  const kinds = (more: ErrorAnalysisOptions) =>
    analyzeKeypointErrors(truthOf(person(1, places)), [detection(swapped)], more).detections[0].kinds.slice(8, 12);
  const inverted = ['good', 'inversion', 'inversion', 'good'];
  expect(kinds({})).toEqual(inverted);
  expect(kinds({ sigmas: [...COCO_SIGMAS] })).toEqual(inverted);
  const sigmas = COCO_SIGMAS.map((sigma) => sigma / 1.01);
  expect(kinds({ sigmas })).toEqual(['good', 'miss', 'miss', 'good']);
  expect(kinds({ sigmas, flipPairs: [[10, 9]] })).toEqual(inverted);
});

test.each(evaluationCases('keypoints').filter(({ expected, dt }) => expected && dt.length > 0))(
  'the first step is the AP of the evaluation: $name',
  ({ gt, dt, params: { iouThrs, recThrs, sigmas } }) => {
    const settings = { iouThrs, recThrs, sigmas };
    const { stats, precision } = evaluateKeypoints(gt, dt, settings);
    const { corrections } = analyzeKeypointErrors(gt, dt, settings);
    expect(corrections[0].ap).toBeCloseTo(stats.AP, 12);
    const T = precision.shape[0];
    // Thresholds at which nothing matches have nothing left when false negatives are taken away.
    for (const { curves } of corrections.slice(0, -1)) expect([0, T]).toContain(curves.length);
  },
);

test.each<[string, [number, number][], string]>([
  ['of one keypoint', [[1, 1]], 'flipPairs[0]: expected two different keypoints, found a list of 2'],
  ['beyond the skeleton', [[1, 5]], 'flipPairs[0][1]: expected a keypoint of 0 to 4 that is in no other pair, found 5'],
  ['that share a keypoint', [[1, 2], [2, 3]], 'flipPairs[1][0]: expected a keypoint of 0 to 4 that is in no other pair, found 2'], // prettier-ignore
])('flip pairs %s are an error', (_, flipPairs, message) => {
  const analyze = () =>
    analyzeKeypointErrors(truthOf(person(1, HERE)), [detection(HERE)], { sigmas: SIGMAS, flipPairs });
  expect(analyze).toThrow(CocoEvalError);
  expect(analyze).toThrow(message);
});
