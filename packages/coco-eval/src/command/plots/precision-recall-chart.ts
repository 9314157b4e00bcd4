import type { LineChartOptions } from '@pose/pose-viz';
import { type EvaluationCurves, precisionRecallCurves } from '../../analysis/precision-recall-curves';
import { linePoints } from './line-points';
import { sequentialColors } from './plot-colors';

/**
 * Precision over recall at each threshold, over people (or boxes) of the first area range.
 *
 * @param similarity what the thresholds are of
 */
export function precisionRecallChart(evaluation: EvaluationCurves, similarity: 'OKS' | 'IoU'): LineChartOptions {
  const [area] = evaluation.params.areaRngLbl;
  const curves = precisionRecallCurves(evaluation).filter((curve) => curve.area === area);
  const colors = sequentialColors(curves.length);
  return {
    title: `Precision and recall at each ${similarity} threshold, with its AP`,
    xLabel: 'recall',
    yLabel: 'precision',
    height: 560,
    yRange: [0, 1],
    series: curves.map(({ threshold, ap, recall, precision }, i) => ({
      name: `${threshold.toFixed(2)}: AP ${ap.toFixed(3)}`,
      points: linePoints(recall, precision),
      color: colors[i],
    })),
  };
}
