import { lineChart, type Image } from '@pose/pose-viz';
import type { LogEntry } from '../run/run-folder';

/** Loss per step (thin) and per epoch, accuracy per epoch, and AP per evaluation, as pictures by file name. */
export function curves(entries: readonly LogEntry[]): Record<string, { title: string; image: Image }> {
  const epochs = entries.filter((entry) => entry.event === 'epoch');
  const steps = entries.filter((entry) => entry.event === 'step');
  const evaluations = entries.filter((entry) => entry.event === 'evaluation');
  return {
    'loss.png': {
      title: 'Training loss',
      image: lineChart({
        title: 'Training loss',
        xLabel: 'step',
        yLabel: 'joints MSE',
        logY: true,
        series: [
          { name: 'step', points: steps.map((entry) => [entry.step, entry.loss]) },
          { name: 'epoch mean', points: epochs.map((entry) => [entry.step, entry.loss]) },
        ],
      }),
    },
    'accuracy.png': {
      title: 'Heatmap accuracy and AP',
      image: lineChart({
        title: 'Heatmap accuracy (train) and AP (val)',
        xLabel: 'step',
        yLabel: 'share',
        series: [
          { name: 'heatmap accuracy, train', points: epochs.map((entry) => [entry.step, entry.accuracy]) },
          { name: 'AP, val', points: evaluations.map((entry) => [entry.step, entry.stats.AP]) },
          { name: 'AP50, val', points: evaluations.map((entry) => [entry.step, entry.stats.AP50]) },
        ],
      }),
    },
  };
}
