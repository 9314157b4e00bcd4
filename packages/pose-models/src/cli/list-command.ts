import { Command } from 'commander';
import { listModels, type ModelInfo } from '../registry';

/** The command `pose-models list`. */
export function listCommand(): Command {
  return new Command('list')
    .description('the registered models')
    .option('--json', 'print [{ name, params, macs, input, source, published }]')
    .action(({ json }: { json?: boolean }) => {
      const models = listModels();
      console.log(json ? JSON.stringify(models) : formatList(models));
    });
}

function formatList(models: readonly ModelInfo[]): string {
  const rows = models.map(({ name, params, input, macs, published, source }) => [
    name,
    params.toLocaleString('en-US'),
    input,
    `${(macs / 1e9).toFixed(2)} G`,
    bestResult(published),
    source,
  ]);
  const header = ['Model', 'Parameters', 'Input', 'Multiply-adds', 'Published', 'Source'];
  const widths = header.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column].length)));
  const isNumber = (column: number) => column === 1 || column === 3;
  const line = (row: string[]) =>
    row
      .map((text, i) => (isNumber(i) ? text.padStart(widths[i]) : text.padEnd(widths[i])))
      .join('  ')
      .trimEnd();
  return [header, ...rows].map(line).join('\n');
}

/** `AP 0.704`, of the source's own table. */
function bestResult(published: ModelInfo['published']): string {
  const [first] = published;
  if (first?.ap !== undefined) return `AP ${first.ap.toFixed(3)}`;
  if (first?.pckh !== undefined) return `PCKh ${first.pckh.toFixed(3)}`;
  return '-';
}
