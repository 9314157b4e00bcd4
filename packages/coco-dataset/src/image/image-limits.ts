import { DatasetError } from '../dataset-error';

/** What is refused before anything is decoded. */
export interface ImageLimits {
  /**
   * Largest width times height that is decoded; 2^27 = 134 million by default. That admits the largest photographs in
   * use (108 megapixels), whose pixels take 3 bytes each, and is half of what libvips allows by default.
   */
  maxPixels?: number;
  /** Largest file that is read, in bytes; 2^28 = 268 million by default, two bytes for each pixel allowed. */
  maxBytes?: number;
}

const DEFAULTS = { maxPixels: 2 ** 27, maxBytes: 2 ** 28 };

/** @throws DatasetError when a limit is not a positive whole number */
export function imageLimits(options: ImageLimits): Required<ImageLimits> {
  const limit = (name: keyof ImageLimits) => {
    const value = options[name] ?? DEFAULTS[name];
    if (Number.isSafeInteger(value) && value > 0) return value;
    throw new DatasetError(`${name}: expected a positive whole number, found ${String(value)}`);
  };
  return { maxPixels: limit('maxPixels'), maxBytes: limit('maxBytes') };
}

/** @throws DatasetError when the size that a file declares is above the limit */
export function requirePixelsWithin(maxPixels: number, file: string, width: number, height: number): void {
  if (width * height <= maxPixels) return;
  throw new DatasetError(
    `${file}: expected an image of at most ${maxPixels} pixels, found one that declares ${width}x${height} = ` +
      `${width * height}. Raise maxPixels if that is its size, else take it out of the annotations`,
  );
}
