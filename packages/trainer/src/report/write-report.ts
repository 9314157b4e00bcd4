import type { Skeleton } from '@pose/coco-dataset';
import { writeHtmlReport, writePng } from '@pose/pose-viz';
import type { ModelDescription } from '../checkpoint/checkpoint-state';
import { replaceFile } from '../checkpoint/atomic-file';
import type { Evaluation } from '../evaluation/evaluate';
import type { RunFolder } from '../run/run-folder';
import { curves } from './curves';
import { predictionMosaic } from './prediction-mosaic';

export interface ReportInput {
  run: RunFolder;
  description: ModelDescription;
  skeleton: Skeleton;
  evaluation: Evaluation;
  config: Record<string, unknown>;
}

/** Writes the run's pictures (curves, prediction mosaics), the COCO results and report.html. */
export async function writeReport({ run, description, skeleton, evaluation, config }: ReportInput): Promise<void> {
  const { stats, people, results } = evaluation;
  const charts = curves(run.entries);
  for (const [name, { image }] of Object.entries(charts)) await writePng(run.file(name), image);
  const first = Array.from({ length: Math.min(16, people.length) }, (_, i) => i);
  const byScore = people.map((_, i) => i).sort((a, b) => results[a].score - results[b].score);
  const pictures = {
    'predictions.png': await predictionMosaic(people, results, first, skeleton),
    'predictions-worst.png': await predictionMosaic(people, results, byScore.slice(0, 16), skeleton),
  };
  for (const [name, image] of Object.entries(pictures)) await writePng(run.file(name), image);
  await replaceFile(run.file('results.json'), JSON.stringify(results));

  const settings = Object.entries(config)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]): [string, string] => [name, typeof value === 'string' ? value : JSON.stringify(value)]);
  await writeHtmlReport(run.file('report.html'), {
    title: `${description.name} ${description.options.inputSize[1]}x${description.options.inputSize[0]}`,
    summary: (['AP', 'AP50', 'AP75', 'AR'] as const).map((name) => [name, stats[name].toFixed(3)]),
    figures: Object.values(charts).map(({ title, image }) => ({ title, png: image })),
    sections: [
      {
        title: 'Predictions',
        figures: [
          {
            title: 'First people of the validation data',
            caption: 'True keypoints beside the predicted ones.',
            png: pictures['predictions.png'],
          },
          {
            title: 'Lowest scores',
            caption: 'The people whose predictions the network trusts least.',
            png: pictures['predictions-worst.png'],
          },
        ],
      },
      {
        title: 'COCO evaluation',
        tables: [{ columns: ['metric', 'value'], rows: Object.entries(stats).map(([k, v]) => [k, v.toFixed(4)]) }],
      },
      { title: 'Configuration', tables: [{ columns: ['setting', 'value'], rows: settings }] },
    ],
  });
}
