import type { ModelSummary } from './summary';

/**
 * A summary as a table for people: layer and class, output shape, parameters; then the totals.
 * Layout after GluonCV's published layer tables.
 */
export function formatSummary({ name, layers, params, trainable, unused, macs }: ModelSummary): string {
  const rows = layers.map(({ layer, type, outputShape, params: count }) => [
    `${layer} (${type})`,
    `(N, ${outputShape.join(', ')})`,
    formatCount(count),
  ]);
  const header = ['Layer (type)', 'Output shape', 'Parameters'];
  const widths = header.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column].length)));
  const line = ([layer, shape, count]: string[]): string =>
    `${layer.padEnd(widths[0])}  ${shape.padEnd(widths[1])}  ${count.padStart(widths[2])}`;
  const rule = '-'.repeat(widths[0] + widths[1] + widths[2] + 4);
  const totals = [
    ['Parameters', params],
    ['  trainable', trainable],
    ['  not trained', params - trainable],
    ...(unused > 0 ? [['  never used', unused] as const] : []),
    ['Multiply-adds per image', macs],
  ] as const;
  const lines = totals.map(([title, count]) => `${title.padEnd(24)} ${formatCount(count).padStart(15)}`);
  return [name, rule, line(header), rule, ...rows.map(line), rule, ...lines].join('\n');
}

function formatCount(count: number): string {
  return count.toLocaleString('en-US');
}
