import type { WriteSpan } from '../bilinear-rows';
import type { Size } from '../types';
import type { WarpSource } from '../warp-source';
import { simdKernels, type SimdKernels } from './simd-kernels';

/** Beyond this many source bytes per pixel of the crop, copying them costs more than the kernel saves. */
const MOST_SOURCE_BYTES = 32;

/** The memory never shrinks again; larger warps go through the plain loops. */
const MOST_MEMORY = 2 ** 26;

const PAGE = 2 ** 16;
const SCRATCH = 0; // 16 bytes
const LEVELS = 16; // 3 * 256 float32
const BYTES = LEVELS + 3 * 256 * 4; // RGB of the crop; then its float32, then the source

/** Room for what the kernels read or write beyond the end of an array. */
const SLACK = 16;

/** A warp in the memory of the SIMD kernels: valid until the next one. */
export interface SimdWarp {
  /** RGB of the crop, to be written by `writeSpan` and from outside */
  bytes: Uint8Array;
  writeSpan: WriteSpan;
  /** `bytes` looked up in `normalizedLevels` */
  lookUp(levels: Float32Array, reverseChannels: boolean): Float32Array;
}

/** Copies the source pixels that the warp reads; undefined where that is not worth while or there are no SIMD kernels. */
export function simdWarp(source: WarpSource, [width, height]: Size): SimdWarp | undefined {
  const { data, originPixel, stride, right, footprint } = source;
  const kernels = simdKernels();
  if (!kernels || !footprint) return undefined;
  const [left, top, columns, rows] = footprint;
  const count = width * height * 3;
  // Neighbouring rows in one go where most of them is needed.
  const wholeRows = columns * 6 > stride;
  const [firstColumn, pitch] = wholeRows ? [0, stride] : [left, columns * 3];
  const floats = align(BYTES + count + SLACK);
  const pixels = align(floats + count * 4 + SLACK);
  const end = pixels + rows * pitch + SLACK;
  if (rows * pitch > width * height * MOST_SOURCE_BYTES || end > MOST_MEMORY) return undefined;

  reserve(kernels.memory, end);
  const { buffer } = kernels.memory;
  const copy = new Uint8Array(buffer, pixels, rows * pitch);
  if (wholeRows) copy.set(data.subarray(top * stride, (top + rows) * stride));
  else {
    for (let row = 0; row < rows; row++) {
      const from = (top + row) * stride + left * 3;
      copy.set(data.subarray(from, from + pitch), row * pitch);
    }
  }
  // May be negative: the kernel's 32-bit offsets wrap around.
  const first = pixels + (originPixel[0] - firstColumn) * 3 + (originPixel[1] - top) * pitch;
  return {
    bytes: new Uint8Array(buffer, BYTES, count),
    writeSpan: (x, y, dx, dy, from, to, at) =>
      kernels.bilinearSpan(first, pitch, right, x, y, dx, dy, from, to, BYTES + at, SCRATCH),
    lookUp: (levels, reverseChannels) => {
      new Float32Array(buffer, LEVELS, levels.length).set(levels);
      kernels.lookUpLevels(BYTES, BYTES + count, LEVELS, floats, reverseChannels);
      return new Float32Array(buffer, floats, count);
    },
  };
}

function align(offset: number): number {
  return Math.ceil(offset / 16) * 16;
}

function reserve(memory: SimdKernels['memory'], bytes: number): void {
  const missing = bytes - memory.buffer.byteLength;
  if (missing > 0) memory.grow(Math.ceil(missing / PAGE));
}
