import type { Color, LineChartOptions } from '@pose/pose-viz';
import type { CorrectionStep } from '../../analysis/corrections';
import { linePoints } from './line-points';
import { ERROR_COLORS } from './plot-colors';

const STEPS: Readonly<Record<CorrectionStep['corrected'], readonly [name: string, color: Color]>> = {
  none: ['as it is', [32, 35, 42]],
  miss: ['+ miss', ERROR_COLORS.miss],
  swap: ['+ swap', ERROR_COLORS.swap],
  inversion: ['+ inversion', ERROR_COLORS.inversion],
  jitter: ['+ jitter', ERROR_COLORS.jitter],
  score: ['+ score', [230, 159, 0]],
  falsePositives: ['+ false positives', [120, 94, 160]],
  falseNegatives: ['+ false negatives', [150, 156, 168]],
};

/**
 * Precision over recall, the mean over the OKS thresholds, of the detections as they are and after the correction of
 * each kind of error upon those before it (the figure of Ronchi and Perona 2017).
 */
export function correctionsChart(corrections: readonly CorrectionStep[]): LineChartOptions {
  return {
    title: 'AP when errors are corrected, one kind upon the other',
    xLabel: 'recall',
    yLabel: 'precision (mean over the OKS thresholds)',
    height: 560,
    yRange: [0, 1],
    areas: true,
    series: corrections
      .filter(({ curves }) => curves.length > 0)
      .map(({ corrected, ap, curves }) => {
        const [name, color] = STEPS[corrected];
        const meanAt = (at: number): number =>
          curves.reduce((sum, { precision }) => sum + precision[at], 0) / curves.length;
        return {
          name: `${name}: ${ap.toFixed(3)}`,
          points: linePoints(
            curves[0].recall,
            curves[0].precision.map((_, at) => meanAt(at)),
          ),
          color,
        };
      }),
  };
}
