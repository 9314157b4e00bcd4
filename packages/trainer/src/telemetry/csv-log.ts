import { replaceFile } from '../checkpoint/atomic-file';
import type { LogEntry, RunFolder } from '../run/run-folder';

/** The columns that every table has, first. The others follow as the log names them. */
const FIXED = ['step', 'epoch', 'learningRate', 'loss', 'imagesPerSecond'];

/** Writes `metrics.csv` into a run's folder, in one step, from its whole log: a run that was resumed has it complete too. */
export async function writeCsvLog(run: RunFolder): Promise<void> {
  await replaceFile(run.file('metrics.csv'), csvLog(run.entries));
}

/**
 * The epochs of a log as CSV (RFC 4180, lines end with CR LF): a header, and a row per epoch in the order of the log.
 * The columns are `step`, `epoch` (from 0), `learningRate` (of the epoch's last step), `loss` (mean),
 * `imagesPerSecond`, then `metrics.<name>` (means) and `stats.<name>` (evaluation) for every name in the log. A cell is
 * empty where there is no such number, or one that is not finite.
 */
export function csvLog(entries: readonly LogEntry[]): string {
  const rows: { epoch: number; cells: Map<string, number> }[] = [];
  for (const entry of entries) {
    if (entry.event === 'step') continue;
    const { epoch } = entry;
    // An evaluation follows its epoch.
    if (entry.event === 'epoch' || rows.at(-1)?.epoch !== epoch) rows.push({ epoch, cells: new Map() });
    const { cells } = rows[rows.length - 1];
    for (const [column, value] of cellsOf(entry)) cells.set(column, value);
  }
  const names = [...new Set(rows.flatMap(({ cells }) => [...cells.keys()]))];
  const found = (start: string) => names.filter((name) => name.startsWith(start));
  const columns = [...FIXED, ...found('metrics.'), ...found('stats.')];
  const lines = rows.map(({ cells }) => columns.map((column) => number(cells.get(column))));
  return [columns.map(text), ...lines].map((line) => `${line.join(',')}\r\n`).join('');
}

function cellsOf(entry: Exclude<LogEntry, { event: 'step' }>): [column: string, value: number][] {
  const { step, epoch } = entry;
  if (entry.event === 'evaluation') return [['step', step], ['epoch', epoch], ...prefixed('stats', entry.stats)];
  const { learningRate, loss, imagesPerSecond, metrics } = entry;
  return [...Object.entries({ step, epoch, learningRate, loss, imagesPerSecond }), ...prefixed('metrics', metrics)];
}

function prefixed(prefix: string, values: Record<string, number>): [string, number][] {
  return Object.entries(values).map(([name, value]) => [`${prefix}.${name}`, value]);
}

/** JSON knows no NaN: what a resumed run reads in its place is null. */
function number(value: number | undefined): string {
  return Number.isFinite(value) ? String(value) : '';
}

function text(value: string): string {
  return /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
