import { evaluateKeypoints, precisionRecallCurves } from '../src/index';
import { evaluationCases } from './golden';

test.each(evaluationCases('keypoints').filter(({ expected, params }) => expected && params.useCats !== 0))(
  'the mean AP of the curves of an area is the evaluation’s: $name',
  ({ gt, dt, params }) => {
    const evaluation = evaluateKeypoints(gt, dt, { ...params, maxDets: [1, 20], allowEmpty: true });
    const curves = precisionRecallCurves(evaluation);
    for (const [area, ap] of [
      ['all', evaluation.stats.AP],
      ['medium', evaluation.stats.APM],
      ['large', evaluation.stats.APL],
    ] as const) {
      const ofArea = curves.filter((curve) => curve.area === area);
      const mean = ofArea.reduce((sum, curve) => sum + curve.ap, 0) / ofArea.length;
      expect(ofArea.length === 0 ? -1 : mean).toBeCloseTo(ap, 12);
      if (ofArea.length > 0) expect(ofArea.map(({ threshold }) => threshold)).toEqual(evaluation.params.iouThrs);
    }
  },
);

test('precisionRecallCurves reads [T, R, K, A, M] at the largest maxDets, and averages over the categories with people', () => {
  const params = { iouThrs: [0.5, 0.75], recThrs: [0, 1], areaRngLbl: ['all', 'large'], maxDets: [10, 1] };
  const shape = [2, 2, 3, 2, 2];
  const data = new Float64Array(48).fill(-1);
  const set = (t: number, r: number, k: number, a: number, value: number) =>
    (data[(((t * 2 + r) * 3 + k) * 2 + a) * 2] = value);
  for (const [t, r, k, value] of [[0, 0, 0, 1], [0, 1, 0, 0.5], [0, 0, 2, 0.6], [0, 1, 2, 0.1], [1, 0, 0, 0.2], [1, 1, 0, 0], [1, 0, 2, 0], [1, 1, 2, 0]]) set(t, r, k, 0, value); // prettier-ignore
  const curves = precisionRecallCurves({ params, precision: { shape, data } });
  expect(curves).toEqual([
    { threshold: 0.5, area: 'all', recall: [0, 1], precision: [0.8, 0.3], ap: 0.55 },
    { threshold: 0.75, area: 'all', recall: [0, 1], precision: [0.1, 0], ap: 0.05 },
  ]);
});
