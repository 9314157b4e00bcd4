/**
 * What drawing needs of a canvas's 2D context: a browser's, an OffscreenCanvas's, or that of a canvas package of Node.
 */
export interface CanvasContext {
  readonly canvas: { readonly width: number; readonly height: number };
  /** Set to colours as CSS writes them. */
  fillStyle: unknown;
  strokeStyle: unknown;
  lineWidth: number;
  lineCap: string;
  globalAlpha: number;
  save(): void;
  restore(): void;
  beginPath(): void;
  moveTo(x: number, y: number): void;
  lineTo(x: number, y: number): void;
  arc(x: number, y: number, radius: number, startAngle: number, endAngle: number): void;
  fill(): void;
  stroke(): void;
  fillRect(x: number, y: number, width: number, height: number): void;
  setLineDash(segments: number[]): void;
  getTransform(): { readonly a: number; readonly b: number; readonly c: number; readonly d: number };
}
