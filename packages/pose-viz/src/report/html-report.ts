import { encodePng } from '../files/encode-png';
import type { Image } from '../picture/image';
import { REPORT_STYLE } from './report-style';
import { VizError } from '../viz-error';

export type ReportValue = string | number | boolean | null;

export interface ReportTable {
  title?: string;
  columns: readonly string[];
  /** As many values per row as there are columns. */
  rows: readonly (readonly ReportValue[])[];
}

export interface ReportFigure {
  title: string;
  caption?: string;
  /** A picture, or the bytes of a PNG file. */
  png: Image | Uint8Array;
}

export interface ReportSection {
  title: string;
  /** Plain text; line breaks are kept. */
  text?: string;
  tables?: readonly ReportTable[];
  figures?: readonly ReportFigure[];
}

export interface HtmlReportOptions {
  title: string;
  /** The figures that matter most, as [name, value]. */
  summary?: readonly (readonly [string, ReportValue])[];
  tables?: readonly ReportTable[];
  figures?: readonly ReportFigure[];
  /** Follow the tables and figures above, each under its heading. */
  sections?: readonly ReportSection[];
}

/**
 * One HTML file that holds everything: pictures are embedded, nothing is fetched (a content security policy forbids
 * it), there is no script, and it follows the reader's light or dark setting. All text is escaped. Numbers are shown
 * as they are given: round them before.
 *
 * @throws VizError when a row has not as many values as columns, or a figure is neither an image nor a PNG file
 */
export function htmlReport(options: HtmlReportOptions): string {
  const { title, summary = [], sections = [] } = options;
  const parts = [`<h1>${escapeHtml(title)}</h1>`];
  if (summary.length > 0) {
    const items = summary.map(([name, value]) => `<div><dt>${escapeHtml(name)}</dt><dd>${show(value)}</dd></div>`);
    parts.push(`<dl>\n${items.join('\n')}\n</dl>`);
  }
  parts.push(...content(options));
  for (const section of sections) {
    const text = section.text === undefined ? [] : [`<p>${escapeHtml(section.text)}</p>`];
    const body = [`<h2>${escapeHtml(section.title)}</h2>`, ...text, ...content(section)];
    parts.push(`<section>\n${body.join('\n')}\n</section>`);
  }
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
<title>${escapeHtml(title)}</title>
<style>${REPORT_STYLE}</style>
</head>
<body>
<main>
${parts.join('\n')}
</main>
</body>
</html>
`;
}

function content({ tables = [], figures = [] }: Pick<ReportSection, 'tables' | 'figures'>): string[] {
  return [...tables.map(tableHtml), ...figures.map(figureHtml)];
}

function tableHtml({ title, columns, rows }: ReportTable): string {
  rows.forEach((row, i) => {
    if (row.length !== columns.length) {
      const where = `row ${i} of table '${title ?? ''}'`;
      throw new VizError(`htmlReport: expected ${columns.length} values in ${where}, found ${row.length}`);
    }
  });
  const isNumeric = columns.map(
    (_, c) => rows.length > 0 && rows.every((r) => r[c] === null || typeof r[c] === 'number'),
  );
  const style = (c: number): string => (isNumeric[c] ? ' class="number"' : '');
  const heads = columns.map((name, c) => `<th scope="col"${style(c)}>${escapeHtml(name)}</th>`).join('');
  const body = rows.map((row) => `<tr>${row.map((value, c) => `<td${style(c)}>${show(value)}</td>`).join('')}</tr>`);
  const caption = title === undefined ? '' : `<caption>${escapeHtml(title)}</caption>\n`;
  return `<div class="table"><table>
${caption}<thead><tr>${heads}</tr></thead>
<tbody>
${body.join('\n')}
</tbody>
</table></div>`;
}

function figureHtml({ title, caption, png }: ReportFigure): string {
  const bytes = 'channels' in png ? encodePng(png) : png;
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (buffer.length < 24 || buffer.toString('latin1', 0, 8) !== '\x89PNG\r\n\x1a\n') {
    const found = `${buffer.length} bytes that start with 0x${buffer.toString('hex', 0, 8)}`;
    throw new VizError(`htmlReport: expected an image or a PNG file for figure '${title}', found ${found}`);
  }
  // The size from the header keeps the page from moving while pictures are decoded.
  const size = `width="${buffer.readUInt32BE(16)}" height="${buffer.readUInt32BE(20)}"`;
  const source = `data:image/png;base64,${buffer.toString('base64')}`;
  const below = caption === undefined ? '' : `\n<figcaption>${escapeHtml(caption)}</figcaption>`;
  return `<figure>
<h3>${escapeHtml(title)}</h3>
<img ${size} alt="${escapeHtml(title)}" src="${source}">${below}
</figure>`;
}

/** A missing value is a dash. */
const show = (value: ReportValue): string => (value === null ? '–' : escapeHtml(String(value)));

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (char) => ENTITIES[char]);
}
