import type { Box, ImageRegion } from '@pose/pose-augment';
import { CropCache } from './crop-cache/crop-cache';
import { readSourceImage, type AnnotatedImage } from './source-image';

/**
 * What one thread keeps from sample to sample: room for decoded pixels, whole images where that is asked for, and open
 * crop caches. An image lasts until the next one is read, and is not written to.
 */
export class Workspace {
  /** Whether images that are decoded stay, whole, until `close`. */
  keepsImages = false;
  #pixels: Uint8Array = new Uint8Array(0);
  readonly #images = new Map<string, ImageRegion>();
  readonly #caches = new Map<string, CropCache>();

  /**
   * Decodes an image, unless it was kept.
   *
   * @param region  [x, y, width, height] of the pixels that are needed; default all
   * @throws UnreadableImage when the image is missing or broken, or of another size than annotated
   */
  async readImage(image: AnnotatedImage, region?: Box): Promise<ImageRegion> {
    if (this.keepsImages) return this.#keptImage(image);
    const read = await readSourceImage(image, region, this.#pixels);
    // The room was too small; what the image lies in instead may be shared with others.
    if (read.data.buffer !== this.#pixels.buffer) this.#pixels = new Uint8Array(read.data.length);
    return read;
  }

  /**
   * The pixels around a person from a crop cache.
   *
   * @param footprint what must be in it, [x, y, width, height] in image pixels; undefined for nothing
   * @returns undefined when the cache does not have all of them
   * @throws TrainerError when the cache is damaged
   */
  readCrop(file: string, annotationId: number, footprint: Box | undefined): ImageRegion | undefined {
    let cache = this.#caches.get(file);
    if (!cache) this.#caches.set(file, (cache = new CropCache(file)));
    const region = cache.region(annotationId);
    if (!region || !contains(region, footprint)) return undefined;
    const { x, y, width, height, imageSize } = region;
    const bytes = width * height * 3;
    if (this.#pixels.length < bytes) this.#pixels = new Uint8Array(bytes);
    const data = this.#pixels.subarray(0, bytes);
    cache.read(annotationId, data);
    return { data, width, height, channels: 3, region: { x, y, fullWidth: imageSize[0], fullHeight: imageSize[1] } };
  }

  close(): void {
    this.#images.clear();
    for (const cache of this.#caches.values()) cache.close();
    this.#caches.clear();
  }

  async #keptImage(image: AnnotatedImage): Promise<ImageRegion> {
    const { imageFile, imageSize } = image;
    const kept = this.#images.get(imageFile);
    if (kept?.width === imageSize[0] && kept.height === imageSize[1]) return kept;
    const read = await readSourceImage(image);
    this.#images.set(imageFile, read);
    return read;
  }
}

function contains(region: { x: number; y: number; width: number; height: number }, box: Box | undefined): boolean {
  if (!box) return true;
  const [x, y, width, height] = box;
  return (
    x >= region.x && y >= region.y && x + width <= region.x + region.width && y + height <= region.y + region.height
  );
}
