import { drawText } from '../draw/draw-text';
import type { Image } from '../picture/image';

/** Colours of all charts: dark on white. */
export const PAPER = [255, 255, 255] as const;
export const INK = [32, 35, 42] as const;
export const SOFT = [98, 104, 116] as const;
export const GRID = [228, 231, 236] as const;
export const FRAME = [150, 156, 168] as const;

/** A bold line of text: drawn once more a font pixel's part to the right. */
export function drawHeading(chart: Image, text: string, x: number, y: number, scale: number): void {
  for (let shift = 0; shift < scale; shift++) drawText(chart, text, x + shift, y, { color: INK, scale });
}
