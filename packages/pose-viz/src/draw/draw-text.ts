import { DESCENDERS, GLYPHS } from './glyphs';
import type { Color } from '../picture/image';
import { checkColor } from '../picture/image';
import { surfaceOf, type DrawTarget, type Surface } from '../surface/surface';
import { VizError } from '../viz-error';

export interface DrawTextOptions {
  /** [red, green, blue], 0..255; default white. */
  color?: Color;
  /** Pixels per font pixel, a positive integer; default 1: capitals are 7 pixels high. */
  scale?: number;
}

/** Rows of a line of text at scale 1: seven for capitals and two for descenders. */
export const LINE_HEIGHT = 9;

interface Glyph {
  /** Lit font pixels side by side as x, y, length triplets, x counted from the first lit column. */
  runs: number[];
  width: number;
}

const SPACE_WIDTH = 3;
const GAP = 1;

/** Glyphs are set as wide as they are, but digits all alike, so that numbers stand in columns. */
const FONT = new Map<string, Glyph>(
  Object.entries(GLYPHS).map(([char, art]) => {
    const rows = art.split(' ');
    const columns = [0, 1, 2, 3, 4].filter((x) => rows.some((row) => row[x] === '#'));
    const isDigit = char >= '0' && char <= '9';
    const first = isDigit ? 0 : (columns[0] ?? 0);
    const last = isDigit ? 4 : (columns[columns.length - 1] ?? SPACE_WIDTH - 1);
    const drop = DESCENDERS.includes(char) ? 2 : 0;
    const runs = rows.flatMap((row, y) =>
      [...row.matchAll(/#+/g)].flatMap(({ index, 0: lit }) => [index - first, y + drop, lit.length]),
    );
    return [char, { runs, width: last - first + 1 }];
  }),
);

const glyph = (char: string): Glyph => FONT.get(char) ?? (FONT.get('?') as Glyph);

/** Width of one line of text in pixels. */
export function textWidth(text: string, scale: number): number {
  let width = 0;
  for (const char of text) width += glyph(char).width + GAP;
  return Math.max(0, width - GAP) * scale;
}

/** The text, or as much of it as fits with `..` at its end. */
export function fitText(text: string, scale: number, width: number): string {
  if (textWidth(text, scale) <= width) return text;
  const chars = Array.from(text);
  while (chars.length > 0 && textWidth(`${chars.join('')}..`, scale) > width) chars.pop();
  return chars.length > 0 ? `${chars.join('')}..` : '';
}

/**
 * Draws one line of text in a built-in 5x7 bitmap font, in place. Printable ASCII has glyphs; any other character
 * is drawn as `?`.
 *
 * @param target  RGB picture, or the 2D context of a canvas
 * @param x  left edge, image pixels (rounded)
 * @param y  top edge of the capitals, image pixels (rounded)
 * @throws VizError when x or y is not finite or an option is bad
 */
export function drawText(target: DrawTarget, text: string, x: number, y: number, options: DrawTextOptions = {}): void {
  const surface = surfaceOf(target, 'drawText');
  const { color = [255, 255, 255], scale = 1 } = options;
  checkColor(color, 'drawText: options.color');
  if (!Number.isInteger(scale) || scale < 1) {
    throw new VizError(`drawText: expected a positive integer options.scale, found ${scale}`);
  }
  if (!Number.isFinite(x) || !Number.isFinite(y)) {
    throw new VizError(`drawText: expected a finite position, found (${x}, ${y})`);
  }
  setText(surface, text, Math.round(x), Math.round(y), scale, color);
}

/** `drawText` with its arguments checked, and whole coordinates. */
export function setText(surface: Surface, text: string, x: number, y: number, scale: number, color: Color): void {
  let left = x;
  for (const char of text) {
    const { runs, width } = glyph(char);
    for (let i = 0; i < runs.length; i += 3) {
      const px = left + runs[i] * scale;
      const py = y + runs[i + 1] * scale;
      surface.rect(px, py, px + runs[i + 2] * scale, py + scale, color, 1);
    }
    left += (width + GAP) * scale;
  }
}
