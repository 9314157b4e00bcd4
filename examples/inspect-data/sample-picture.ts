import type { Draw } from '@pose/pose-augment';
import { resizeImage, type Image } from '@pose/pose-viz';

/** One sample, drawn. */
export interface SamplePicture {
  /** Name of the file, without its ending. */
  name: string;
  title: string;
  picture: Image;
  facts: Record<string, string>;
}

export interface SamplePictures {
  samples: AsyncGenerator<SamplePicture>;
  total: number;
}

/** Pixels; panels of a picture are as high as this, or lower for wide images. */
const PANEL_HEIGHT = 512;

/** The image as it is stored, in a size to look at, and how many of its pixels one of the file's became. */
export function originalImage(pixels: Image): { image: Image; scale: number } {
  const { width, height } = pixels;
  const scale = PANEL_HEIGHT / Math.max(height, (width * 3) / 4);
  return { image: resizeImage(pixels, [Math.round(width * scale), Math.round(height * scale)]), scale };
}

/** A network input in a size to look at. */
export function enlarged(input: Image): Image {
  const scale = PANEL_HEIGHT / input.height;
  return resizeImage(input, [Math.round(input.width * scale), PANEL_HEIGHT]);
}

/** Flat [x, y, v] triplets in an image that was scaled. */
export function scaled(keypoints: readonly number[], scale: number): number[] {
  return keypoints.map((value, i) => (i % 3 === 2 ? value : value * scale));
}

/** What a sample drew, step by step. */
export function formatDraws(draws: readonly Draw[]): string {
  const list = draws.map(({ step, kind, value }) => `${step ?? 'draw'} ${kind} ${value.toFixed(3)}`);
  return list.length > 0 ? list.join(', ') : 'nothing';
}
