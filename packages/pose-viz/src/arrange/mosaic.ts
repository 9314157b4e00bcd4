import { drawText, fitText, LINE_HEIGHT, textWidth } from '../draw/draw-text';
import type { Image, Size } from '../picture/image';
import { checkImage, checkSize, createImage } from '../picture/image';
import { resizeImage } from '../picture/resize-image';
import { VizError } from '../viz-error';

export interface MosaicOptions {
  /** Pictures per row, a positive integer. */
  columns: number;
  /** [width, height] of each picture's place; default the largest width and height among the pictures. */
  cell?: Size;
  /** Pixels around and between cells; default 6. */
  gap?: number;
  /** One line of text under each picture, cut where it is too long. */
  captions?: readonly string[];
}

const BACKGROUND = [24, 26, 31] as const;
const CELL = [12, 13, 16] as const;
const INK = [222, 224, 230] as const;

/**
 * Pictures in rows, each scaled to fit its cell and centred in it.
 *
 * @returns a new picture
 * @throws VizError when there is no picture, captions are not as many as pictures, or an option is bad
 */
export function mosaic(images: readonly Image[], options: MosaicOptions): Image {
  const { columns, gap = 6, captions } = options;
  if (images.length === 0) throw new VizError('mosaic: expected at least one image, found none');
  images.forEach((image, i) => checkImage(image, `mosaic: images[${i}]`));
  if (!Number.isInteger(columns) || columns < 1) {
    throw new VizError(`mosaic: expected a positive integer options.columns, found ${columns}`);
  }
  if (!Number.isInteger(gap) || gap < 0) {
    throw new VizError(`mosaic: expected options.gap of whole pixels, found ${gap}`);
  }
  if (captions !== undefined && captions.length !== images.length) {
    throw new VizError(`mosaic: expected ${images.length} captions, one per image, found ${captions.length}`);
  }
  const cell = options.cell ?? [Math.max(...images.map((i) => i.width)), Math.max(...images.map((i) => i.height))];
  checkSize(cell, 'mosaic: options.cell');

  const [width, height] = cell;
  const scale = width >= 360 ? 2 : 1;
  const captionHeight = captions === undefined ? 0 : (LINE_HEIGHT + 5) * scale;
  const across = Math.min(columns, images.length);
  const down = Math.ceil(images.length / across);
  const out = createImage(gap + across * (width + gap), gap + down * (height + captionHeight + gap), BACKGROUND);
  const background = createImage(width, height, CELL);
  images.forEach((image, i) => {
    const left = gap + (i % across) * (width + gap);
    const top = gap + Math.floor(i / across) * (height + captionHeight + gap);
    paste(out, background, left, top);
    const fitted = fitInto(image, cell);
    paste(out, fitted, left + Math.floor((width - fitted.width) / 2), top + Math.floor((height - fitted.height) / 2));
    if (captions === undefined) return;
    const text = fitText(captions[i], scale, width);
    const x = left + Math.floor((width - textWidth(text, scale)) / 2);
    drawText(out, text, x, top + height + 4 * scale, { color: INK, scale });
  });
  return out;
}

function fitInto(image: Image, [width, height]: Size): Image {
  const scale = Math.min(width / image.width, height / image.height);
  const size: Size = [Math.max(1, Math.round(image.width * scale)), Math.max(1, Math.round(image.height * scale))];
  return size[0] === image.width && size[1] === image.height ? image : resizeImage(image, size);
}

/** Copies a picture that lies wholly inside `out`. */
function paste(out: Image, image: Image, left: number, top: number): void {
  for (let y = 0; y < image.height; y++) {
    const row = image.data.subarray(3 * y * image.width, 3 * (y + 1) * image.width);
    out.data.set(row, 3 * ((top + y) * out.width + left));
  }
}
