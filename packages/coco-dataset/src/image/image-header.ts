import sharp, { type Metadata } from 'sharp';
import { DatasetError } from '../dataset-error';
import { toExifOrientation, type ExifOrientation } from './exif-orientation';
import { imageLimits, type ImageLimits } from './image-limits';
import { jpegHeader } from './jpeg-header';
import { undecodable } from './undecodable';
import { withFileBytes } from './with-file-bytes';

export interface ImageHeader {
  /** Of the pixels as stored, before `orientation`. */
  width: number;
  height: number;
  /** `jpeg`, `png`, `webp`, `tiff`, `gif` or another of sharp's names. */
  format: string;
  orientation: ExifOrientation;
}

/**
 * What an image file declares, without decoding a pixel; so it says nothing of whether the file is whole.
 *
 * @throws DatasetError naming the file when it is missing, empty, larger than `maxBytes`, or not an image
 */
export async function readImageHeader(file: string, options: Pick<ImageLimits, 'maxBytes'> = {}): Promise<ImageHeader> {
  const { maxBytes } = imageLimits(options);
  const beginning = await withFileBytes(file, { maxBytes, atMost: 2 ** 16 }, async (bytes) => jpegHeader(bytes));
  if (beginning) return { ...sizeAndOrientation(beginning), format: 'jpeg' };
  return withFileBytes(file, { maxBytes }, (bytes) => imageHeader(file, bytes));
}

/** @throws DatasetError naming the file when its bytes are not those of an image */
export async function imageHeader(file: string, bytes: Buffer, jpeg = jpegHeader(bytes)): Promise<ImageHeader> {
  if (jpeg) return { ...sizeAndOrientation(jpeg), format: 'jpeg' };
  let header: Metadata;
  try {
    header = await sharp(bytes, { failOn: 'error', limitInputPixels: false }).metadata();
  } catch (cause) {
    throw undecodable(file, bytes.length, cause);
  }
  if (VECTOR_FORMATS.has(header.format)) {
    throw new DatasetError(
      `${file}: expected an image of pixels, found a drawing (${header.format}). Convert it to PNG`,
    );
  }
  const orientation = toExifOrientation(header.orientation);
  return { width: header.width, height: header.height, format: header.format, orientation };
}

/** Drawings have no pixels, and what drawing them takes is not bounded by their size. */
const VECTOR_FORMATS = new Set<string>(['svg', 'pdf']);

function sizeAndOrientation({ width, height, orientation }: Omit<ImageHeader, 'format'>): Omit<ImageHeader, 'format'> {
  return { width, height, orientation };
}
