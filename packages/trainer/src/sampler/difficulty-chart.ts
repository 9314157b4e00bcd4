import { lineChart, type Image } from '@pose/pose-viz';
import type { EpochDifficulty } from './difficulty-history';

/**
 * The difficulty index over the epochs: its 10, 50 and 90 % quantiles, and the share of samples put off.
 *
 * @param history of AdaBatch; without any epoch the axes stand alone
 */
export function difficultyChart(history: readonly EpochDifficulty[]): Image {
  const series = (name: string, value: (epoch: EpochDifficulty) => number) => ({
    name,
    points: history.map((entry) => [entry.epoch, value(entry)] as const),
  });
  return lineChart({
    title: 'Ada-Batch: difficulty index',
    xLabel: 'epoch',
    yLabel: 'mean of -1 easy, 0 medium, 1 hard',
    series: [
      series('90 %', ({ quantiles }) => quantiles[2]),
      series('median', ({ quantiles }) => quantiles[1]),
      series('10 %', ({ quantiles }) => quantiles[0]),
      series('share put off', ({ putOff }) => putOff),
    ],
  });
}
