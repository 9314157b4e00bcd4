import { isMainThread } from 'node:worker_threads';
import sharp from 'sharp';
import { blankImage, type Image } from './image';

/**
 * Decodes any image that sharp can, to the pixels that OpenCV decodes. Only what the decoder calls an error is one.
 *
 * @throws Error with the reason when it cannot be decoded
 */
export async function decodeWithSharp(bytes: Buffer, into?: Uint8Array): Promise<Image> {
  if (!isMainThread) sharp.concurrency(1);
  const { data, info } = await sharp(bytes, { failOn: 'error', ignoreIcc: true, limitInputPixels: false })
    .removeAlpha()
    .toColourspace('srgb')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  if (info.channels !== 3) throw new Error(`it has ${info.channels} channels that are not a colour`);
  if (into && into.length >= data.length) {
    const image = blankImage(info.width, info.height, into);
    image.data.set(data);
    return image;
  }
  // A Uint8Array rather than a Buffer, so that it is the same here and after a transfer between threads.
  const pixels = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  return { data: pixels, width: info.width, height: info.height, channels: 3 };
}
