import type { ReportSection } from '@pose/pose-viz/node';
import type { EvaluationPictures } from '../evaluation/evaluator';

/** What stands at the top of a report, of the numbers that a metric gives. */
const HEADLINES = ['AP', 'AP50', 'AP75', 'AR', 'PCK'];

/** The numbers that matter most, as [name, value] for a report's summary. */
export function headlines(stats: Record<string, number>): [string, string][] {
  return HEADLINES.filter((name) => name in stats).map((name) => [name, stats[name].toFixed(3)]);
}

/** An evaluation as sections of a report: pictures of predictions, then all numbers. */
export function evaluationSections(
  stats: Record<string, number>,
  { figures, tables }: EvaluationPictures = { figures: [], tables: [] },
): ReportSection[] {
  const rows = Object.entries(stats).map(([name, value]) => [name, value.toFixed(4)]);
  return [
    { title: 'Predictions', figures: figures.map(({ image, ...texts }) => ({ ...texts, png: image })) },
    { title: 'Evaluation', tables: [{ columns: ['metric', 'value'], rows }, ...tables] },
  ];
}
