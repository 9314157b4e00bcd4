import { lineChart, type ChartSeries, type Image } from '@pose/pose-viz';
import type { LogEntry } from '../run/run-folder';

/** What COCO's evaluation is followed by; evaluations without these are shown with all their numbers. */
const COCO = ['AP', 'AP50', 'AP75'];

/**
 * A log as line charts over the optimizer steps, by file name: `loss.png` and `learning-rate.png` (logarithmic axes),
 * `<metric>.png` for every training metric, and `evaluation.png` where there were evaluations. Loss and metrics are shown
 * of each step (thin) and as means of the epochs.
 */
export function curves(entries: readonly LogEntry[]): Record<string, { title: string; image: Image }> {
  const steps = entries.filter((entry) => entry.event === 'step');
  const epochs = entries.filter((entry) => entry.event === 'epoch');
  const evaluations = entries.filter((entry) => entry.event === 'evaluation');
  const both = (of: (entry: (typeof steps)[number] | (typeof epochs)[number]) => number | undefined) => [
    { name: 'step', points: points(steps, of) },
    { name: 'epoch mean', points: points(epochs, of) },
  ];
  const charts: Record<string, { title: string; image: Image }> = {
    'loss.png': chart(
      'Training loss',
      'loss',
      both(({ loss }) => loss),
      true,
    ),
    'learning-rate.png': chart(
      'Learning rate',
      'learning rate',
      [{ name: 'step', points: points(steps, ({ learningRate }) => learningRate) }],
      true,
    ),
  };
  for (const name of names([...steps, ...epochs].map(({ metrics }) => metrics))) {
    const series = both(({ metrics }) => metrics[name]);
    charts[`${name.replace(/[^\w-]+/g, '-')}.png`] ??= chart(`Training: ${name}`, name, series);
  }
  const stats = names(evaluations.map((entry) => entry.stats));
  const shown = stats.includes('AP') ? COCO.filter((name) => stats.includes(name)) : stats;
  if (shown.length > 0) {
    const series = shown.map((name) => ({ name, points: points(evaluations, (entry) => entry.stats[name]) }));
    charts['evaluation.png'] = chart('Evaluation', shown[0], series);
  }
  return charts;
}

function chart(title: string, yLabel: string, series: ChartSeries[], logY = false): { title: string; image: Image } {
  return { title, image: lineChart({ title, xLabel: 'step', yLabel, logY, series }) };
}

/** A name that an entry lacks is no point at all, not a gap: the line goes on. */
function points<Entry extends LogEntry>(entries: readonly Entry[], of: (entry: Entry) => number | undefined) {
  return entries.flatMap((entry): [number, number][] => {
    const value = of(entry);
    return value === undefined ? [] : [[entry.step, value]];
  });
}

function names(records: readonly Record<string, number>[]): string[] {
  return [...new Set(records.flatMap((record) => Object.keys(record)))];
}
