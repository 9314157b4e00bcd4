import type * as sharp from 'sharp';
import type { Image } from '../picture/image';
import { checkImage } from '../picture/image';
import { VizError } from '../viz-error';

export interface JpegOptions {
  /** libjpeg's quality, a whole number of 1..100; default 92. */
  quality?: number;
}

/**
 * The picture as a JPEG file, encoded by sharp, which is loaded when this is first called. Colour is kept at full
 * resolution (4:4:4): halved, as is usual, thin blue and orange lines fade.
 *
 * @throws VizError when the image or the quality is bad, or sharp is not installed
 */
export async function encodeJpeg(image: Image, options: JpegOptions = {}): Promise<Uint8Array> {
  const { quality = 92 } = options;
  checkImage(image, 'encodeJpeg');
  if (!Number.isInteger(quality) || quality < 1 || quality > 100) {
    throw new VizError(`encodeJpeg: expected a whole number of 1..100 as options.quality, found ${quality}`);
  }
  const { default: encoder } = await loadSharp();
  const { data, width, height, channels } = image;
  return encoder(data, { raw: { width, height, channels } }).jpeg({ quality, chromaSubsampling: '4:4:4' }).toBuffer();
}

/**
 * sharp, which is optional.
 *
 * @throws VizError where it is not installed
 */
export async function loadSharp(load: () => Promise<typeof sharp> = () => import('sharp')): Promise<typeof sharp> {
  try {
    return await load();
  } catch (cause) {
    const { code } = cause as { code?: unknown };
    if (code !== 'ERR_MODULE_NOT_FOUND' && code !== 'MODULE_NOT_FOUND') throw cause;
    throw new VizError('encodeJpeg: JPEG files need the package sharp, which is not there: npm install sharp', {
      cause,
    });
  }
}
