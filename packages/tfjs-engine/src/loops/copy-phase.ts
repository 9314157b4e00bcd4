/** A grid of `height` x `width` pixels that lies dense in the source and with strides in the target, both NHWC. */
export interface PhaseGrid {
  images: number;
  height: number;
  width: number;
  channels: number;
  sourceHeight: number;
  sourceWidth: number;
  /** The grid's first pixel in the source. */
  skipY: number;
  skipX: number;
  targetHeight: number;
  targetWidth: number;
  /** The grid's first pixel in the target, and its steps there. */
  firstY: number;
  firstX: number;
  strideY: number;
  strideX: number;
}

/** Copies the grid's pixels from source to target and leaves the target's other pixels alone. */
export function copyPhase(source: Float32Array, grid: PhaseGrid, target: Float32Array): void {
  const { images, height, width, channels, sourceHeight, sourceWidth, targetHeight, targetWidth } = grid;
  for (let n = 0; n < images; n++) {
    for (let y = 0; y < height; y++) {
      let from = ((n * sourceHeight + grid.skipY + y) * sourceWidth + grid.skipX) * channels;
      let to = ((n * targetHeight + grid.firstY + y * grid.strideY) * targetWidth + grid.firstX) * channels;
      for (let x = 0; x < width; x++, from += channels, to += grid.strideX * channels) {
        for (let c = 0; c < channels; c++) target[to + c] = source[from + c];
      }
    }
  }
}
