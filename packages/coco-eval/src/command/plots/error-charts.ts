import type { BarChartOptions } from '@pose/pose-viz';
import type { KeypointErrorAnalysis } from '../../analysis/analyze-keypoint-errors';
import { ERROR_COLORS } from './plot-colors';

const percent = (share: number): number => 100 * Math.max(0, share);

/** Which share of the labelled keypoints has which error: of all keypoints, then of each. */
export function errorKindsChart(
  { overall, perKeypoint }: KeypointErrorAnalysis,
  names: readonly string[],
): BarChartOptions {
  return {
    title: 'Keypoints of matched people that have an error',
    xLabel: '% of the labelled ones',
    bars: ['all keypoints', ...names],
    series: (['jitter', 'inversion', 'swap', 'miss'] as const).map((kind) => ({
      name: kind,
      values: [overall, ...perKeypoint].map(({ shares }) => percent(shares[kind])),
      color: ERROR_COLORS[kind],
    })),
  };
}

/** What each keypoint takes from the mean OKS of matched people. */
export function oksLossChart({ perJointOksLoss }: KeypointErrorAnalysis, names: readonly string[]): BarChartOptions {
  const total = perJointOksLoss.reduce((sum, { oksLoss }) => sum + oksLoss, 0);
  return {
    title: `OKS that each keypoint costs: of 100%, ${percent(total).toFixed(1)}% in all`,
    xLabel: '% of OKS, mean over matched people',
    bars: names,
    series: [{ name: 'OKS loss', values: perJointOksLoss.map(({ oksLoss }) => percent(oksLoss)) }],
  };
}
