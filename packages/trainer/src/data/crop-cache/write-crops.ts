import { closeSync, openSync, writeSync } from 'node:fs';
import { cutRegion } from '@pose/pose-augment';
import type { AnnotatedImage } from '../source-image';
import { UnreadableImage } from '../unreadable-image';
import type { Workspace } from '../workspace';
import type { CropRegion } from './crop-cache-layout';

/** Crops of some images, and where they belong in the file; plain data, so that it can be sent to a worker. */
export interface CropTask {
  file: string;
  images: { image: AnnotatedImage; crops: { offset: number; region: CropRegion }[] }[];
}

/** An image that none of the crops could be taken from. */
export interface FailedImage {
  imageFile: string;
  message: string;
}

/** Decodes each image once and writes its crops to their places in the file, which exists. */
export async function writeCrops({ file, images }: CropTask, workspace: Workspace): Promise<FailedImage[]> {
  const failed: FailedImage[] = [];
  const descriptor = openSync(file, 'r+');
  try {
    for (const { image, crops } of images) {
      try {
        const { data } = await workspace.readImage(image);
        const [width, height] = image.imageSize;
        const whole = { data, width, height, channels: 3 as const };
        for (const { offset, region } of crops) {
          const crop = cutRegion(whole, [region.x, region.y, region.width, region.height]);
          writeFully(descriptor, crop.data, offset);
        }
      } catch (error) {
        if (!(error instanceof UnreadableImage)) throw error;
        failed.push({ imageFile: image.imageFile, message: error.message });
      }
    }
  } finally {
    closeSync(descriptor);
  }
  return failed;
}

function writeFully(descriptor: number, bytes: Uint8Array, offset: number): void {
  for (let done = 0; done < bytes.length;) {
    done += writeSync(descriptor, bytes, done, bytes.length - done, offset + done);
  }
}
