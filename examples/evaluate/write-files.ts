import { access, mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { writeResults } from '@pose/coco-eval/node';
import { writeHtmlReport, writePng } from '@pose/pose-viz/node';
import { evaluationSections, headlines } from '@pose/trainer';
import type { Evaluated } from './evaluate-split';

/**
 * Makes the folder.
 *
 * @throws Error when it is that of a training run, whose own report would be lost
 */
export async function prepareFolder(out: string): Promise<void> {
  const isRun = await access(join(out, 'log.jsonl')).then(
    () => true,
    () => false,
  );
  if (isRun) throw new Error(`${resolve(out)} holds a training run and its report. Choose another --out.`);
  await mkdir(out, { recursive: true });
}

/** results.json in COCO's format, the pictures, and report.html that shows all. */
export async function writeFiles(
  out: string,
  title: string,
  { stats, results, pictures }: Evaluated,
  settings: object,
): Promise<{ results: string; report: string }> {
  const files = { results: resolve(out, 'results.json'), report: resolve(out, 'report.html') };
  await writeResults(files.results, results);
  for (const { file, image } of pictures?.figures ?? []) await writePng(join(out, file), image);
  const rows = Object.entries(settings)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]);
  await writeHtmlReport(files.report, {
    title,
    summary: headlines(stats),
    sections: [
      ...evaluationSections(stats, pictures),
      { title: 'Configuration', tables: [{ columns: ['setting', 'value'], rows }] },
    ],
  });
  return files;
}
