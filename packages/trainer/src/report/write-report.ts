import type { TrainingBatch } from '../data/training-data';
import { writeHtmlReport, writePng } from '@pose/pose-viz/node';
import type { ModelDescription } from '@pose/predictor';
import { replaceFile } from '../checkpoint/atomic-file';
import type { Evaluation, Evaluator } from '../evaluation/evaluator';
import type { RunFolder } from '../run/run-folder';
import type { Sampler } from '../sampler/sampler';
import { curves } from './curves';
import { evaluationSections, headlines } from './evaluation-sections';

export interface ReportInput<B extends TrainingBatch> {
  run: RunFolder;
  description: ModelDescription;
  evaluator: Evaluator<B>;
  evaluation: Evaluation;
  sampler: Sampler;
  config: Record<string, unknown>;
}

/** Writes the run's pictures (curves and the evaluator's), the COCO results and report.html. */
export async function writeReport<B extends TrainingBatch>(input: ReportInput<B>): Promise<void> {
  const { run, description, evaluator, evaluation, sampler, config } = input;
  const { stats, results } = evaluation;
  const charts = curves(run.entries);
  const pictures = await evaluator.report?.(evaluation);
  for (const [name, { image }] of Object.entries(charts)) await writePng(run.file(name), image);
  const training = sampler.figures?.() ?? [];
  for (const { file, image } of [...(pictures?.figures ?? []), ...training]) await writePng(run.file(file), image);
  await replaceFile(run.file('results.json'), JSON.stringify(results));

  const settings = Object.entries(config)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]): [string, string] => [name, typeof value === 'string' ? value : JSON.stringify(value)]);
  const [width, height] = description.options.inputSize;
  await writeHtmlReport(run.file('report.html'), {
    title: `${description.name} ${height}x${width}`,
    summary: headlines(stats),
    figures: [...Object.values(charts), ...training].map(({ image, ...texts }) => ({ ...texts, png: image })),
    sections: [
      ...evaluationSections(stats, pictures),
      { title: 'Configuration', tables: [{ columns: ['setting', 'value'], rows: settings }] },
    ],
  });
}
