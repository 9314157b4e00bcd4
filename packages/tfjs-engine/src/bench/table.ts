const NUMBER = /^[\d.,-]+ ?(%|x|[kMG]iB|)$/;

/** Columns under their headings: to the right where every cell is a number or empty, else to the left. */
export function table(headings: string[], rows: string[][]): string {
  const widths = headings.map((heading, c) => Math.max(heading.length, ...rows.map((row) => row[c].length)));
  const right = headings.map((_, c) => rows.every((row) => row[c] === '' || NUMBER.test(row[c])));
  const line = (cells: string[]) =>
    cells
      .map((cell, c) => (right[c] ? cell.padStart(widths[c]) : cell.padEnd(widths[c])))
      .join('   ')
      .trimEnd();
  return [line(headings), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}
