import { readFile } from 'node:fs/promises';
import { isMainThread } from 'node:worker_threads';
import sharp from 'sharp';
import { DatasetError } from './dataset-error';

/** RGB, row-major, interleaved: value c of pixel (x, y) is `data[(y * width + x) * 3 + c]`. */
export interface Image {
  data: Uint8Array;
  width: number;
  height: number;
  channels: 3;
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
 * Damage that decoders only warn of (stray bytes between JPEG markers, say) is tolerated, as there; a file that ends
 * too early is not.
 *
 * Several images are decoded best in several threads. Called in a worker thread, this sets `sharp.concurrency(1)`
 * (for the whole process: libvips has one setting), so that the workers do not each start a thread per core; the main
 * thread's setting is left alone. The decoding itself runs in libuv's pool, which all workers share: with more than
 * four of them, start Node with UV_THREADPOOL_SIZE set to their number.
 *
 * @throws DatasetError naming the file when it is missing, empty, truncated, or not an image
 */
export async function readImage(file: string): Promise<Image> {
  const encoded = await readBytes(file);
  if (!isMainThread) sharp.concurrency(1);
  try {
    const { data, info } = await sharp(encoded, { failOn: 'error', ignoreIcc: true })
      .removeAlpha()
      .toColourspace('srgb')
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    if (info.channels !== 3) throw new Error(`it has ${info.channels} channels that are not a colour`);
    // A Uint8Array rather than a Buffer, so that it is the same here and after a transfer between threads.
    const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    return { data: bytes, width: info.width, height: info.height, channels: 3 };
  } catch (cause) {
    // libvips repeats a line for every pass over the file.
    const reason = [...new Set((cause as Error).message.split('\n'))].join('; ');
    throw new DatasetError(
      `${file}: expected a whole image, but decoding ${encoded.length} bytes failed: ${reason}. ` +
        `Fetch the file again, or take its image out of the annotations`,
      { cause },
    );
  }
}

async function readBytes(file: string): Promise<Buffer> {
  let bytes: Buffer;
  try {
    bytes = await readFile(file);
  } catch (cause) {
    const missing = (cause as NodeJS.ErrnoException).code === 'ENOENT';
    throw new DatasetError(
      missing
        ? `${file}: expected an image, but there is no such file. Check the image folder, or fetch the file again`
        : `${file}: expected an image, but it cannot be read: ${(cause as Error).message}`,
      { cause },
    );
  }
  if (bytes.length === 0) throw new DatasetError(`${file}: expected an image, found an empty file. Fetch it again`);
  return bytes;
}
