import { DatasetError } from '../dataset-error';
import { decodeWithSharp } from './decode-with-sharp';
import type { Image } from './image';
import { imageHeader } from './image-header';
import { imageLimits, requirePixelsWithin, type ImageLimits } from './image-limits';
import { jpegHeader, type JpegHeader } from './jpeg-header';
import { orientImage } from './orient-image';
import { pixelRegion, type Region } from './region';
import { turboJpeg, type Shrink } from './turbo-jpeg';
import { undecodable } from './undecodable';
import { withFileBytes } from './with-file-bytes';

export interface ReadImageOptions extends ImageLimits {
  /**
   * Memory for the pixels, shared or not, used where it is large enough; the returned `data` is then a part of it. For
   * a region up to three blocks (of 8 or 16 pixels) more are needed on each row, but never more than for the image.
   */
  into?: Uint8Array;
  /** Whether pixels are returned as stored (default), as COCO's annotations count them, or turned as EXIF says. */
  orientation?: 'stored' | 'exif';
  /**
   * [x, y, width, height] in pixels of the image: what is needed of it. The returned image holds at least the pixels
   * that this touches, with the values that the whole image has there, and tells by `offset` where it begins; it may be
   * all of the image, and is when the region lies outside. A third of a photograph each way takes half the time.
   */
  region?: Region;
  /**
   * The most that a JPEG may be shrunk while it is decoded (by libjpeg's scaled DCT), for previews; 1 by default. The
   * returned image tells what it was shrunk by, and is whole, whatever the region.
   *
   * Not for crops to train on: the pixels are not the means of those that they replace. An area average over r x r
   * pixels differs, shrunk by 2, for photographs of COCO by up to 14 grey levels at r = 8, 4 at 16 and 1.6 at 32; for
   * text by 5 at 16 and 1.1 at 64; and where dense saturated colours clip, by up to 13 at any r. So there is no
   * reduction from which one grey level holds, and bilinear crops read single pixels, which change more still.
   */
  shrink?: Shrink;
}

/** An image, or a part of it. Pixel (x, y) covers what begins at `offset` + `shrink` * (x, y) in the whole image. */
export interface LoadedImage extends Image {
  /** [x, y] of the first pixel in the whole image. */
  offset: [number, number];
  shrink: Shrink;
  /** [width, height] of the whole image, not shrunk. */
  wholeSize: [number, number];
}

/**
 * Decodes an image file to 8-bit RGB as training code that reads with OpenCV does (`cv2.IMREAD_COLOR |
 * cv2.IMREAD_IGNORE_ORIENTATION` in human-pose-estimation.pytorch lib/dataset/JointsDataset.py), since COCO's
 * annotations and published weights go with those pixels:
 * - the EXIF orientation is not applied: annotations refer to the pixels as stored;
 * - embedded RGB colour profiles are not applied: the stored values are the values;
 * - alpha is cut off, not blended: the stored colours stay;
 * - greyscale is repeated to three channels, CMYK converted to sRGB, 16 bits reduced to 8.
 *
 * JPEG files are decoded by libjpeg-turbo where it can be had (see `turboJpeg`), all others, and those that it
 * complains of, by sharp. Both give the same pixels. Damage that decoders only warn of (stray bytes between JPEG
 * markers, a bad Huffman code) is tolerated, as in OpenCV; a file that ends too early is not.
 *
 * Several images are decoded best in several threads. In the main thread the work is done in libuv's pool; in a worker
 * thread libjpeg-turbo works in that thread itself, with nothing large allocated when `into` is given. Where sharp is
 * needed in a worker thread this sets `sharp.concurrency(1)` (for the whole process: libvips has one setting), so that
 * the workers do not each start a thread per core; the main thread's setting is left alone. sharp always decodes in
 * libuv's pool, which all workers share: with more than four of them, start Node with UV_THREADPOOL_SIZE set to their
 * number.
 *
 * @throws DatasetError naming the file when it is missing, empty, truncated, not an image or beyond a limit, or when an
 *   option is not what it should be
 */
export async function readImage(file: string, options: ReadImageOptions = {}): Promise<LoadedImage> {
  const { maxPixels, maxBytes } = imageLimits(options);
  requireOptions(options);
  return withFileBytes(file, { maxBytes }, async (bytes) => {
    const jpeg = jpegHeader(bytes);
    const header = await imageHeader(file, bytes, jpeg);
    requirePixelsWithin(maxPixels, file, header.width, header.height);
    if (jpeg && jpeg.blocks > 8 * bytes.length) {
      throw undecodable(
        file,
        bytes.length,
        new Error(`they are too few for the ${header.width}x${header.height} pixels declared`),
      );
    }

    const turn = options.orientation === 'exif' ? header.orientation : 1;
    const decodeOptions = turn === 1 ? options : { shrink: options.shrink };
    const image =
      (jpeg && (await decodeWithTurbo(bytes, jpeg, decodeOptions))) ??
      (await decodeWhole(file, bytes, header, decodeOptions.into));
    if (turn === 1) return image;
    const [width, height] = image.wholeSize;
    return {
      ...image,
      ...orientImage(image, turn, options.into),
      wholeSize: turn >= 5 ? [height, width] : [width, height],
    };
  });
}

async function decodeWithTurbo(
  bytes: Buffer,
  jpeg: JpegHeader,
  { into, region, shrink = 1 }: ReadImageOptions,
): Promise<LoadedImage | undefined> {
  if (jpeg.components !== 1 && jpeg.components !== 3) return undefined;
  const decode = turboJpeg();
  if (!decode) return undefined;
  // What follows the region is not decoded; that it is there is known by the end marker, which scan data cannot hold.
  const isWhole = bytes.readUInt16BE(bytes.length - 2) === 0xffd9;
  const part = region && isWhole && shrink === 1 ? pixelRegion(region, jpeg) : undefined;
  const image = await decode(bytes, jpeg, { into, region: part, shrink });
  return (
    image && { ...image, offset: part ? [part[0], part[1]] : [0, 0], shrink, wholeSize: [jpeg.width, jpeg.height] }
  );
}

async function decodeWhole(
  file: string,
  bytes: Buffer,
  declared: { width: number; height: number },
  into?: Uint8Array,
): Promise<LoadedImage> {
  let image: Image;
  try {
    image = await decodeWithSharp(bytes, into);
    if (image.width !== declared.width || image.height !== declared.height) {
      throw new Error(
        `it declares ${declared.width}x${declared.height}, but has ${image.width}x${image.height} pixels`,
      );
    }
  } catch (cause) {
    throw undecodable(file, bytes.length, cause);
  }
  return { ...image, offset: [0, 0], shrink: 1, wholeSize: [image.width, image.height] };
}

function requireOptions({ into, orientation = 'stored', region, shrink = 1 }: ReadImageOptions): void {
  const refuse = (name: string, expected: string, found: unknown) => {
    throw new DatasetError(`${name}: expected ${expected}, found ${String(found)}`);
  };
  if (into && Object.prototype.toString.call(into) !== '[object Uint8Array]') refuse('into', 'a Uint8Array', into);
  if (orientation !== 'stored' && orientation !== 'exif') refuse('orientation', '"stored" or "exif"', orientation);
  if (![1, 2, 4, 8].includes(shrink)) refuse('shrink', '1, 2, 4 or 8', shrink);
  if (region && !(region.length === 4 && region.every(Number.isFinite) && region[2] > 0 && region[3] > 0)) {
    refuse('region', '[x, y, width, height] with a positive size', region);
  }
}
