import { INK } from './chart-style';
import { drawText, fitText, LINE_HEIGHT, textWidth } from '../draw/draw-text';
import type { Color, Image } from '../picture/image';
import { strokeLine } from '../surface/stroke';

/** Okabe and Ito 2008, "Color Universal Design", without black and yellow: too close to ink and paper. */
const OKABE_ITO: readonly Color[] = [
  [0, 114, 178],
  [213, 94, 0],
  [0, 158, 115],
  [204, 121, 167],
  [86, 180, 233],
  [230, 159, 0],
];

/** Colours of series, in order, told apart with any common colour blindness; from the seventh on, darker. */
export const SERIES_COLORS: readonly Color[] = [
  ...OKABE_ITO,
  ...OKABE_ITO.map(([r, g, b]): Color => [r * 0.5, g * 0.5, b * 0.5]),
];

/** The colour of a series that does not name one. */
export function seriesColor(place: number): Color {
  return SERIES_COLORS[place % SERIES_COLORS.length];
}

export interface Legend {
  /** Pixels; 0 without entries. */
  height: number;
  /** Draws it with its left top corner at (x, y). */
  draw: (image: Image, x: number, y: number) => void;
}

/** Lays names out in rows no wider than `width`, each behind a short line in its colour. */
export function placeLegend(series: readonly { name: string; color?: Color }[], scale: number, width: number): Legend {
  const mark = 12 * scale;
  const space = 4 * scale;
  const row = (LINE_HEIGHT + 4) * scale;
  let [x, y] = [0, 0];
  const entries = series.map(({ name, color }, i) => {
    const text = fitText(name, scale, width - mark - space);
    const wide = mark + space + textWidth(text, scale);
    if (x > 0 && x + wide > width) [x, y] = [0, y + row];
    const entry = { text, x, y, color: color ?? seriesColor(i) };
    x += wide + 3 * space;
    return entry;
  });
  return {
    height: entries.length === 0 ? 0 : y + LINE_HEIGHT * scale,
    draw: (image, left, top) => {
      for (const entry of entries) {
        const at = left + entry.x;
        const middle = top + entry.y + 3 * scale;
        strokeLine(image, [at + scale, middle], [at + mark - scale, middle], 1.2 * scale, entry.color, 1);
        const ink = { color: INK, scale };
        drawText(image, entry.text, at + mark + space, top + entry.y, ink);
      }
    },
  };
}
