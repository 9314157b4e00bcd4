import { join } from 'node:path';
import { COCO_SIGMAS, oksNms, type ScoredPerson, softOksNms, type SoftNmsResult } from '../src/index';
import { peopleOks } from '../src/similarity/people-oks';
import { filesBelow, GOLDEN, readJson } from './golden';

interface SoftResult {
  keep: number[];
  scores: number[];
}

interface NmsFile {
  oksNms: {
    name: string;
    sigmas: number[] | null;
    thr: number;
    visThr: number | null;
    persons: ScoredPerson[];
    expected: {
      oks: { rows: number; float32: number[][]; float64: number[][] };
      oksNms: { mmpose: number[]; simpleBaselines: number[] };
      softOksNms: { maxDets20: SoftResult; maxDets5: SoftResult };
    };
  }[];
}

const cases = filesBelow(join(GOLDEN, 'coco-eval'))
  .filter((file) => file.endsWith('nms.json'))
  .flatMap((file) => readJson<NmsFile>(file).oksNms);

test.each(cases)('oksNms and softOksNms equal HRNet and mmpose: $name', ({ persons, thr, visThr, ...rest }) => {
  const { oks, oksNms: kept, softOksNms: soft } = rest.expected;
  const keypointThreshold = visThr ?? undefined;
  const sigmas = rest.sigmas ?? COCO_SIGMAS;
  const options = { threshold: thr, sigmas, keypointThreshold };
  const similarity = peopleOks(persons, sigmas, keypointThreshold);
  for (let i = 0; i < oks.rows; i++) {
    persons.forEach((_, j) => {
      expect(Math.abs(similarity(i, j) - oks.float32[i][j])).toBeLessThanOrEqual(1e-6);
      // With a threshold for keypoints HRNet averages over those of the second person alone.
      if (visThr === null) {
        expect(Math.abs(similarity(i, j) - oks.float64[i][j])).toBeLessThanOrEqual(1e-12 * oks.float64[i][j] + 1e-15);
      }
    });
  }
  expect(oksNms(persons, options)).toEqual(kept.mmpose);
  if (visThr === null) expect(oksNms(persons, options)).toEqual(kept.simpleBaselines);
  const same = (got: SoftNmsResult, wanted: SoftResult) => {
    expect(got.kept).toEqual(wanted.keep);
    wanted.scores.forEach((score, i) => expect(Math.abs(got.scores[i] - score)).toBeLessThanOrEqual(1e-6));
  };
  same(softOksNms(persons, options), soft.maxDets20);
  same(softOksNms(persons, { ...options, maxDets: 5 }), soft.maxDets5);
});

test('there are golden cases', () => {
  expect(cases.length).toBeGreaterThan(0);
});
