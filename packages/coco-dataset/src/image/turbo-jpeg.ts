import { createRequire } from 'node:module';
import path from 'node:path';
import { isMainThread } from 'node:worker_threads';
import type koffiModule from 'koffi';
import { blankImage, type Image } from './image';
import type { JpegHeader } from './jpeg-header';
import type { Region } from './region';

/** How much smaller a JPEG can be decoded: its width and height divided by this, rounded up. */
export type Shrink = 1 | 2 | 4 | 8;

export interface TurboJpegOptions {
  into?: Uint8Array;
  /** Whole pixels within the image, at least one; all of it by default. */
  region?: Region;
  /** Not together with `region`. */
  shrink?: Shrink;
}

/**
 * Decodes a JPEG file of one or three components.
 *
 * @returns undefined when libjpeg-turbo refuses the file, or warns of damage
 */
export type TurboJpeg = (bytes: Buffer, header: JpegHeader, options?: TurboJpegOptions) => Promise<Image | undefined>;

let loaded: { turboJpeg: TurboJpeg | undefined } | undefined;

/**
 * libjpeg-turbo with the settings that OpenCV decodes with (accurate integer DCT, "fancy" chroma upsampling), so that
 * pixels are the same as there; or undefined where it cannot be had.
 *
 * It is the shared library that `@julusian/jpeg-turbo` brings for Linux, called directly: that package's own functions
 * always take the fast, inexact DCT (TJFLAG_FASTDCT), which changes most pixels of COCO's images, by up to 26 grey
 * levels. For macOS and Windows the package has the library within its addon only; there sharp decodes.
 */
export function turboJpeg(): TurboJpeg | undefined {
  if (!loaded) {
    try {
      loaded = { turboJpeg: process.platform === 'linux' ? load() : undefined };
    } catch {
      loaded = { turboJpeg: undefined }; // both packages are optional
    }
  }
  return loaded.turboJpeg;
}

/** Of turbojpeg.h, libjpeg-turbo 3.1. */
const TJINIT_DECOMPRESS = 1;
const TJPF_RGB = 0;
const TJPARAM_JPEGWIDTH = 5;
const TJPARAM_JPEGHEIGHT = 6;
const TJPARAM_SCANLIMIT = 13;
/** A file of a few kilobytes can have thousands of scans that each cost a pass over the image; encoders write ten. */
const MAX_SCANS = 100;

/** @throws Error when one of the packages is missing, or has nothing for this system */
function load(): TurboJpeg {
  const require = createRequire(import.meta.url);
  const koffi = require('koffi') as typeof koffiModule;
  const folder = path.dirname(require.resolve('@julusian/jpeg-turbo/package.json'));
  const library = firstThatLoads(
    ['', '-musl'].map((libc) =>
      path.join(folder, 'prebuilds', `jpeg-turbo-linux-${process.arch}${libc}`, 'libturbojpeg.so.0'),
    ),
    (file) => koffi.load(file),
  );
  const ratio = koffi.struct({ num: 'int', denom: 'int' });
  const box = koffi.struct({ x: 'int', y: 'int', w: 'int', h: 'int' });
  const init = library.func('tj3Init', 'void *', ['int']);
  const destroy = library.func('tj3Destroy', 'void', ['void *']);
  const set = library.func('tj3Set', 'int', ['void *', 'int', 'int']);
  const get = library.func('tj3Get', 'int', ['void *', 'int']);
  const readHeader = library.func('tj3DecompressHeader', 'int', ['void *', 'const uint8_t *', 'size_t']);
  const setScale = library.func('tj3SetScalingFactor', 'int', ['void *', ratio]);
  const setRegion = library.func('tj3SetCroppingRegion', 'int', ['void *', box]);
  const decompress = library.func('tj3Decompress8', 'int', [
    'void *',
    'const uint8_t *',
    'size_t',
    'uint8_t *',
    'int',
    'int',
  ]);
  const decode = (...args: unknown[]): Promise<number> | number =>
    isMainThread
      ? new Promise((resolve, reject) => {
          decompress.async(...args, (error: unknown, status: number) => (error ? reject(error) : resolve(status)));
        })
      : decompress(...args);

  return async (bytes, header, { into, region, shrink = 1 } = {}) => {
    const handle: unknown = init(TJINIT_DECOMPRESS);
    if (!handle) return undefined; // out of memory
    try {
      if (set(handle, TJPARAM_SCANLIMIT, MAX_SCANS) !== 0) return undefined;
      if (readHeader(handle, bytes, bytes.length) !== 0) return undefined;
      // The library writes as many pixels as it finds declared, whatever memory it is given.
      if (get(handle, TJPARAM_JPEGWIDTH) !== header.width || get(handle, TJPARAM_JPEGHEIGHT) !== header.height) {
        return undefined;
      }
      if (setScale(handle, { num: 1, denom: shrink }) !== 0) return undefined;
      const decoded = region && withChromaNeighbours(region, header);
      if (decoded && setRegion(handle, { x: decoded[0], y: decoded[1], w: decoded[2], h: decoded[3] }) !== 0) {
        return undefined;
      }
      const width = decoded ? decoded[2] : Math.ceil(header.width / shrink);
      const height = decoded ? decoded[3] : Math.ceil(header.height / shrink);
      const image = blankImage(width, height, into);
      const status = await decode(handle, bytes, bytes.length, image.data, 0, TJPF_RGB);
      if (status !== 0) return undefined;
      return region && decoded ? keepColumns(image, region[0] - decoded[0], region[2]) : image;
    } finally {
      destroy(handle);
    }
  };
}

/**
 * The columns that libjpeg-turbo must decode so that those of the region are as in the whole image: it begins at a unit
 * of blocks only, makes the first and last column that it decodes without the chroma of their outer neighbours, and
 * does not smooth chroma at all that is only two columns wide (jdsample.c).
 */
function withChromaNeighbours([x, y, width, height]: Region, { unit: [unit], ...image }: JpegHeader): Region {
  const left = Math.floor(Math.max(0, Math.min(x - 1, image.width - 2 * unit)) / unit) * unit;
  const right = Math.min(image.width, Math.max(x + width + 1, left + 2 * unit));
  return [left, y, right - left, height];
}

/** The image less the columns before `left` and from `left + width` on, in the same memory. */
function keepColumns({ data, width: stride, height }: Image, left: number, width: number): Image {
  for (let y = 0; y < height; y++) {
    const start = (y * stride + left) * 3;
    data.copyWithin(y * width * 3, start, start + width * 3);
  }
  return { data: data.subarray(0, width * height * 3), width, height, channels: 3 };
}

function firstThatLoads<T>(files: string[], load: (file: string) => T): T {
  const errors: unknown[] = [];
  for (const file of files) {
    try {
      return load(file);
    } catch (error) {
      errors.push(error);
    }
  }
  throw new AggregateError(errors, `none of ${files.join(', ')} can be loaded`);
}
