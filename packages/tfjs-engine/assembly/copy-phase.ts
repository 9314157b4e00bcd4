/**
 * Puts rows of `channels` values onto a strided grid of pixels: for every image, target pixel
 * (firstY + y * strideY, firstX + x * strideX) gets source pixel (skipY + y, skipX + x); see src/loops/copy-phase.ts.
 */
export function copyPhase(
  source: usize,
  sourceHeight: usize,
  sourceWidth: usize,
  skipY: usize,
  skipX: usize,
  images: usize,
  height: usize,
  width: usize,
  channels: usize,
  target: usize,
  targetHeight: usize,
  targetWidth: usize,
  firstY: usize,
  firstX: usize,
  strideY: usize,
  strideX: usize,
): void {
  const bytes = channels << 2;
  const step = strideX * bytes;
  for (let n: usize = 0; n < images; n++) {
    for (let y: usize = 0; y < height; y++) {
      let from = source + ((n * sourceHeight + skipY + y) * sourceWidth + skipX) * bytes;
      let to = target + ((n * targetHeight + firstY + y * strideY) * targetWidth + firstX) * bytes;
      for (let x: usize = 0; x < width; x++, from += bytes, to += step) {
        let i: usize = 0;
        for (; i + 16 <= bytes; i += 16) v128.store(to + i, v128.load(from + i));
        for (; i < bytes; i += 4) store<f32>(to + i, load<f32>(from + i));
      }
    }
  }
}
