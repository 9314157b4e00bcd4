import { mosaic } from '../arrange/mosaic';
import { textWidth } from '../draw/draw-text';
import type { Image, Size } from '../picture/image';

/** Equally large panels in a grid, nearly square by default, and enlarged where captions have no room under them. */
export function panelGrid(panels: readonly Image[], captions: readonly string[], columns: number | undefined): Image {
  const [{ width, height }] = panels;
  const enlarged = Math.max(1, Math.ceil(Math.max(...captions.map((text) => textWidth(text, 1))) / width));
  const cell: Size = [enlarged * width, enlarged * height];
  return mosaic(panels, { columns: columns ?? Math.ceil(Math.sqrt(panels.length)), cell, captions });
}
