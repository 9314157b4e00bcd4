import type { CocoStats, Quantiles } from '../coco-stats';

/** The statistics as text for a terminal, lines ending in a newline. */
export function statsTable(stats: CocoStats): string {
  const count = (label: string, value: number): string => `${label.padEnd(16)}${String(value).padStart(9)}`;
  const lines = [
    stats.source,
    '',
    count('images', stats.images),
    count('people', stats.people),
    count('with keypoints', stats.withKeypoints),
    count('crowd', stats.crowd),
    count('unusable boxes', stats.unusableBoxes),
  ];
  for (const category of stats.categories) {
    lines.push('', row(category.name, ['visible', 'hidden', 'unlabelled']));
    for (const { name, visible, hidden, unlabelled } of category.keypoints) {
      lines.push(row(`  ${name}`, [visible, hidden, unlabelled]));
    }
  }
  lines.push('', row('area, square pixels', ['< 32^2', '< 96^2', 'larger']));
  lines.push(row('  people', [stats.areas.small, stats.areas.medium, stats.areas.large]));
  lines.push('', row('people per image', ['images', 'share']), ...histogram(stats.peoplePerImage));
  lines.push('', row('labelled keypoints', ['people', 'share']), ...histogram(stats.keypointsPerPerson));
  lines.push('', row('box size, pixels', ['min', '25 %', 'median', '75 %', 'max']));
  for (const side of ['width', 'height'] as const) lines.push(row(`  ${side}`, rounded(stats.boxes[side])));
  return `${lines.join('\n')}\n`;
}

/** A row for each number that occurs. */
function histogram(counts: readonly number[]): string[] {
  const total = counts.reduce((sum, count) => sum + count, 0);
  return counts.flatMap((count, n) =>
    count === 0 ? [] : [row(`  ${n}`, [count, `${((100 * count) / total).toFixed(1)} %`])],
  );
}

function row(label: string, cells: readonly (string | number)[]): string {
  return label.padEnd(20) + cells.map((cell) => String(cell).padStart(11)).join('');
}

function rounded({ min, q25, median, q75, max }: Quantiles): string[] {
  return [min, q25, median, q75, max].map((value) => value.toFixed(1));
}
